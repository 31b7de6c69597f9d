"""The walls around a case: every kind of viewer before every object, in every phase, at the front door."""
