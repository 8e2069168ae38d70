"""The first gate: is this a specified offence, on that date? The Schedule and tables beside it."""
