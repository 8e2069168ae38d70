"""Court messages that a person must look at."""
