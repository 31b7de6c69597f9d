"""Front door of ``mediation.archive``."""
