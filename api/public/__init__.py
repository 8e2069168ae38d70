"""Pages for anyone, without signing in: the law as applied, and the what-if checker."""
