"""What an inspector takes away: cases drawn from all eligible sentences, as chronologies."""
