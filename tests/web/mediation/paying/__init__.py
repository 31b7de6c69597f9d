"""Tests of the page of one promise."""
