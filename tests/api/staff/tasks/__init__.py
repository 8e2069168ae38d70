"""Questions for a person, on the pages."""
