"""Commands that count, and that write what others read of it."""
