"""What prisons and those who manage licences tell of an offender, and what follows from it."""
