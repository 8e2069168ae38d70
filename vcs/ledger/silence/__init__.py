"""Who speaks to us and how often: courts and clients that have fallen silent, unknown codes."""
