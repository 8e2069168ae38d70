"""The events of victims' journeys under pseudonyms, for a named review."""
