"""Numbers on the pages: the ledger, the measures, what is published."""
