"""Front doors of ``mediation``."""
