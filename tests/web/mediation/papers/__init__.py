"""Tests of the pages of papers."""
