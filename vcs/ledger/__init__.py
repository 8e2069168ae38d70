"""Reads for those who keep the program running: what is due, what must hold, what stands."""
