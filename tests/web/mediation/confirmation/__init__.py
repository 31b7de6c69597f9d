"""Tests of the front door of confirmation."""
