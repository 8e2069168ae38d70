"""Every duty's clock: whose turn it is, since when, by which day, and why it stopped."""
