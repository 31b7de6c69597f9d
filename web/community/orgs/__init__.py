"""组织的门面 — the public list of organisations, the administrator's forms, and the same for programs."""
