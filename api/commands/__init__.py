"""One file for each kind of command: who, which, call, print."""
