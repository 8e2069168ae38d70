"""The clock on the wall."""
