"""Front door of ``mediation.register``."""
