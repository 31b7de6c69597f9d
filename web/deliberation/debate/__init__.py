"""讨论的门面 — pages of the debate room."""
