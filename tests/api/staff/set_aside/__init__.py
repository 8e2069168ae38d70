"""Messages that could not be read, on the pages."""
