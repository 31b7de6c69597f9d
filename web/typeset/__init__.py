"""排版 — sheets of A4 as PDF/A with their Chinese fonts inside, the same bytes for the same facts. Typeset paper.

A sheet is plain data for ``sheet.typ``; what people wrote reaches it as data and never as markup. Compiling blocks, so
it is done in a thread, two at a time at most. Source: ISO 19005-2 (PDF/A-2b), GB/T 9704 (A4, 版心).
"""
