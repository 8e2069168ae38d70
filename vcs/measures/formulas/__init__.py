"""How each measure is computed from the rows: a function a measure, by subject."""
