"""Measuring scripts; none of them is shipped."""
