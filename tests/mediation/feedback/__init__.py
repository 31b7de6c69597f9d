"""Tests of what parties say afterwards."""
