"""归档 — the shelf: what a finished case must hold, its number, its term, and when private talk is destroyed.

Legal basis: 人民调解法 27; 司发通〔2010〕239号 (the papers of a dossier); 档案法 37–39; 个人信息保护法 19 (no longer
than needed). A dossier lists papers by their hashes and names the dossier before it, so that nothing can be slipped
in later; what was said in one-sided rooms never enters it. Read ``rules.py``, ``contents.py``, then ``commands.py``.
"""
