"""The front door of people: signing up and in, the second factor, one's own settings, who may do what."""
