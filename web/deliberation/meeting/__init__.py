"""会议的门面 — lists, the hall, the screen, minutes and papers."""
