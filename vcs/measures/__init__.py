"""How well the scheme works: each measure by a row and a function, and what is withheld."""
