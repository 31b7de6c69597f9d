"""The acceptance scenarios of mediation, one test each, with the dates and amounts of their text."""
