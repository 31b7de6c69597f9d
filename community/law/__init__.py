"""法律与规则包 — statutes and the rules made from them, as dated data; no statute is code. Law as dated packs.

A pack is one TOML file in ``packs/``: its statutes, and rules that cite their articles. What was read in a statute may
be a hard rule; what was not is a default that a body may change. Read ``rules.py``, then ``packs.py``, then a pack.
Nothing here is legal advice: a lawyer reads a pack before a vote is held under it.
"""
