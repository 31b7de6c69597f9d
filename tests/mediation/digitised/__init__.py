"""Tests of digitised copies."""
