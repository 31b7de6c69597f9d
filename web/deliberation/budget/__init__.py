"""Budget rounds on pages: the list, one round with its projects, the ballot, both counts side by side."""
