"""Court messages after they were read: as pages, put back to wait, removed in time."""
