"""票据日志的门面 — pages of the ledger of papers."""
