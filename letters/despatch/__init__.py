"""Letters on their way out: the envelope's address, the printer's file, GOV.UK Notify."""
