"""What each source's bodies say: envelopes, fields by any name, and what its codes mean."""
