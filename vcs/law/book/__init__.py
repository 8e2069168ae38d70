"""The law printed for a person to check: what rests on what, and what is in doubt."""
