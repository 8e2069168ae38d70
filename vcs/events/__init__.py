"""Key events: what becomes of an offender, and who is told of it, how and by when."""
