"""What a witness care unit's program may send, as typed JSON."""
