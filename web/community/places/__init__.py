"""地方的门面 — the tree of places, buildings, roll files, slips, and confirming who somebody is."""
