"""统计 — what a committee did in a time: counted on closed sets, by formulas that are tables of plain functions.

Legal basis: 司发通〔2010〕239号 (statistical forms). Read ``rules.py`` first.
"""
