"""Front door of ``mediation.intake``."""
