"""隐私的页面 — pages of who read what of a case, of opening something by two people, and of one's consents."""
