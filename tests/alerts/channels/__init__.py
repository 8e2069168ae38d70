"""The ways in by which what goes at once may come: what each does, and whom it tells."""
