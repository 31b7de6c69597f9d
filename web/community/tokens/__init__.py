"""The front door of tokens: making one, seeing it once, stopping it."""
