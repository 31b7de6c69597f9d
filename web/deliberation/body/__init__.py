"""名册的门面 — pages of the body room."""
