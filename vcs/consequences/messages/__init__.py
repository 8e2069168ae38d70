"""Waiting court messages: read, recorded, and what follows from each sentence."""
