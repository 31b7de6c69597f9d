"""归档的门面 — pages of the archive room."""
