"""移交的页面 — pages of handing a case on: asking, sending, answering, and the centre's board."""
