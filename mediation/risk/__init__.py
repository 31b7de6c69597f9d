"""风险 — how dangerous a quarrel may become: signs with points, a colour with its reasons, and an alarm in minutes.

The points belong to a case and never to a person. 人民调解法 25: where a quarrel may get worse, prevent it in time.
Read ``rules.py`` (signs, points, colours), then ``commands.py`` and ``alarm.py`` (who is called when nobody answers).
"""
