"""Evidence: whose it is, who sees it, and how it is locked."""
