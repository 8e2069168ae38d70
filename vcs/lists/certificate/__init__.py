"""The monthly certificate: what lists were matched, what came of it, signed by key and by two."""
