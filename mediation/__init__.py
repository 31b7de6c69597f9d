"""矛盾纠纷调解 — how a quarrel is heard, settled on paper and followed up."""
