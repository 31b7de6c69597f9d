"""协商议事 — how a neighbourhood proposes, discusses, votes and sees it done."""
