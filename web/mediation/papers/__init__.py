"""Front door of ``mediation.papers``: the book of numbers, and the papers of a case to print or to go on writing."""
