"""Tests of numbered papers."""
