"""Commands that decide again what is stored."""
