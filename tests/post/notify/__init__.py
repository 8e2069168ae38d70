"""Letters and emails by GOV.UK Notify, with a stub in its place."""
