"""Tests of ``mediation.register``."""
