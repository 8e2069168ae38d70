"""What anyone may ask without signing in."""
