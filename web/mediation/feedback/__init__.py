"""Front door of ``mediation.feedback``."""
