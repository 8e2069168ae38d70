"""Jobs about letters: drafted, sent, asked about."""
