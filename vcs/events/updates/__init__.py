"""Word that people are owed again and again while an offender is unlawfully at large."""
