"""The front door of the statistics: one page for a time, and its table as CSV."""
