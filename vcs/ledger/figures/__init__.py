"""The numbers of the ledger, and the rows behind each: per state, region, court, week and unit."""
