"""Tests of letters by post."""
