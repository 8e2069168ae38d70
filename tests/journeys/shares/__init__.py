"""What courts tell again, late, twice and otherwise."""
