"""代办附议、代办留言：授权在 ``community.helping``，落到议题上在这里；撤回和回访不属实也在这里作废。

Seconding and commenting with help. The second is that of the resident's head on the roll, as if they had pressed the
button themselves. Legal basis: see ``community.helping``.
Read first: ``doing.py`` (what is done), ``undoing.py`` (what takes it back).
"""
