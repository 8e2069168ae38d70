"""What the law says: pure; facts in, decision out; no database, no clock, no I/O when deciding."""
