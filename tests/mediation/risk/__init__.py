"""Tests of ``mediation.risk``."""
