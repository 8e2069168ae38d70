"""Messages between witness care and the unit: sent, corrected, answered, opened for a reason."""
