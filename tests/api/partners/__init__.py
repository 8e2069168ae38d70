"""What staff do on the pages."""
