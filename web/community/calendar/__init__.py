"""日历的门面 — the days off of a year, and how far they are announced."""
