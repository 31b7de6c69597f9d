"""鉴定和销毁：到期的卷宗，档案员鉴定、列清册，主任同意，两个人一起销毁，清册编号长期留着。

Appraisal and destruction: an archivist appraises dossiers whose term is over and lists them; another, who directs the
body, agrees; then both destroy them at once, all or none, and the numbered list stays for good.
Legal basis: 档案法 (appraisal, then destruction by rule; nobody destroys alone), 人民调解法 27 (the file is kept).
Read first: ``rules.py`` (the table of states), ``models.py``, ``commands.py``; what holds a dossier is in
``mediation/archive/holds.py``, what is destroyed in ``mediation/archive/erasing.py``.
"""
