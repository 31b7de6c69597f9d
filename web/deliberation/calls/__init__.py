"""吹哨与答复的门面 — pages of the calls room."""
