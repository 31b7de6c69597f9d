"""社区 — the shared ground: people, places, organisations, roles and the record of what happened.

Every folder here is a noun a resident would recognise. Nothing here knows HTTP,
and nothing here knows of ``deliberation`` or ``mediation``.
"""
