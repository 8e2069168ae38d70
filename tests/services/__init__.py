"""Real parts for tests: a database server, a mailbox, a browser, and a clock that can be moved."""
