"""证据 — the front door: bringing a piece, showing it, its log, asking for the original; asking an expert."""
