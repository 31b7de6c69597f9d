"""The front doors of the rooms in which a neighbourhood decides."""
