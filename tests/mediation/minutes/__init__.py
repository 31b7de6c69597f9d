"""Tests of ``mediation.minutes``."""
