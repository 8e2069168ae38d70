"""Key events on the pages."""
