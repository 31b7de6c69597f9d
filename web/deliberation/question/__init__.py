"""Questions with more to choose than yes and no, as pages show them; and what candidates declare."""
