"""Pages of judicial confirmation: for the parties, for those who work on the case, and for the court."""
