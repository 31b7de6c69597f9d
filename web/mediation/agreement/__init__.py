"""The front door of agreements."""
