"""Tests of the pages of digitised copies."""
