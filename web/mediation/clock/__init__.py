"""Front door of ``mediation.clock``."""
