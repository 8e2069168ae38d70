"""The vcs command, as operators type it."""
