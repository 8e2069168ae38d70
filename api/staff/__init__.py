"""Pages that watch over the whole: the ledger of sentences, and the feeds."""
