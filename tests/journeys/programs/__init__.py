"""Stories of witness care units' programs that refer victims."""
