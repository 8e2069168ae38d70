"""The measures: what is counted, what is withheld."""
