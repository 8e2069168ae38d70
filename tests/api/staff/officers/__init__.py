"""Officers and their work, on the pages."""
