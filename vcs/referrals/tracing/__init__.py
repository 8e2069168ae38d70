"""How a victim who cannot be reached is traced, step by step."""
