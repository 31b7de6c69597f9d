"""协议 — what was settled, in words that everybody signs, under the committee's seal, and whether it was kept.

Legal basis: 人民调解法 28–33; 电子签名法 3, 13 (who may sign on a screen, and what that signature is worth).
Read ``rules.py`` first (what an agreement holds, when it takes effect), then ``checks.py`` (what must be right
before it goes out to be signed), ``signing.py`` (the ten minutes, the seal) and ``performing.py``.
"""
