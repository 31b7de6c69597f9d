"""组织 — committees, offices, courts, companies: kind, parent, place, term and who keeps the seal.

Read ``commands.py``, then ``numbers.py`` for numbers without a gap.
Source: 人民调解法 arts 7–9 (调委会的设立与任期), 居民委员会组织法 (2025).
"""
