"""What makes a victim be asked about needs again."""
