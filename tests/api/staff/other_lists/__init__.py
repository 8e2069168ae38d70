"""Lists of other systems, on the pages."""
