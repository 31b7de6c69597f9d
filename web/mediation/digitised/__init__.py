"""Front door of ``mediation.digitised``."""
