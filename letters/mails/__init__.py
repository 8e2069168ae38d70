"""The emails to staff and partners."""
