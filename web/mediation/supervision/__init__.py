"""Front door of ``mediation.supervision``."""
