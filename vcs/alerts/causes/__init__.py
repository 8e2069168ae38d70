"""What causes an alert, each found or handed over and queued once."""
