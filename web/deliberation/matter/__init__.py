"""一件事的门面 — pages of the matter room."""
