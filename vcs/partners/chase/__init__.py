"""Witness care units are reminded of what is due from them, by one email a day to each."""
