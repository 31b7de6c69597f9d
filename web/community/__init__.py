"""The front doors of the community's rooms."""
