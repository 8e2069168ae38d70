"""Jobs that count or decide again what an older calendar or law left."""
