"""Appraisal and destruction."""
