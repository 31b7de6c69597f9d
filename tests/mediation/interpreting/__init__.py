"""Tests of ``mediation.interpreting``."""
