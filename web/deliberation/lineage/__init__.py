"""来龙去脉的门面 — pages of the lineage room."""
