"""公开的门面 — pages of the outcome room."""
