"""监督与申诉的门面 — pages of the oversight room."""
