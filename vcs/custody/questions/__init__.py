"""What a person is asked about facts, and the burst that is held until one person has looked."""
