"""Offender managers consult a unit: one first answer for every case, and what follows from it."""
