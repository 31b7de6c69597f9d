"""Tests of claims that a promise was kept."""
