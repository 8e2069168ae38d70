"""Staff accounts, sign-ins, feed clients, and the units that letters name."""
