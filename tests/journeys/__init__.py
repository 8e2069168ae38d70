"""Stories over a moving clock: from the court to the victim, with everything that goes wrong."""
