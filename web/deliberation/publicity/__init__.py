"""公示的门面 — pages of the publicity room."""
