"""约时间的门面 — the pages on which times are offered, answered and fixed, by account or by the link of a letter."""
