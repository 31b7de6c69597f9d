"""Front door of ``mediation.assignment``."""
