"""表决的门面 — pages of the ballot room."""
