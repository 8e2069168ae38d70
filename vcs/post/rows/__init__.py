"""The letters, row by row: to victims as they join, during a sentence, in hospital; to others."""
