"""Assisted use below a matter."""
