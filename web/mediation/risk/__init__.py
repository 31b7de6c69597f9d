"""Front door of ``mediation.risk``."""
