"""个人信息申请：查阅复制、更正、限制、删除、要求说明；到期前答复，答复写明理由和依据。

Requests of data subjects. Asked by oneself when signed in, or at the window, where a clerk notes how it was checked who
asks; answered within a term by whoever answers for personal information there; refused only with a reason and the road
of complaint. What is asked and answered is locked under a key of its own. Legal basis: 个人信息保护法 44 (to restrict
or refuse), 45 (to read and copy), 46 (to correct), 47 (to delete; while the law wants it kept, it is only kept),
48 (to be told why), 49 (relatives of the dead), 50 (a way to ask; a refusal says why; the road to court).
Read first: ``rules.py`` (kinds, articles, the table of states), ``models.py``, ``commands.py``.
"""
