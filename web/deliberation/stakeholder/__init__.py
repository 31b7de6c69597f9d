"""利益相关方与申报的门面 — pages of the stakeholder room."""
