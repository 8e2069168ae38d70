"""The ledger: every sentence in exactly one state, the counts that must close, and their proof."""
