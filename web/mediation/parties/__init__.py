"""Front door of ``mediation.parties``."""
