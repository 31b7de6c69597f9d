"""议事规则的门面 — a body's rules in plain words for everybody, and the form that takes a version down."""
