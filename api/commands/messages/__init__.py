"""Commands that read court messages: decide, load, read again."""
