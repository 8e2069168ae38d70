"""Commands for staff: accounts and clients, and who will be told what."""
