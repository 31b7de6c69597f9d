"""Front door of ``mediation.paying``."""
