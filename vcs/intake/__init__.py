"""What the court told us: the raw message first, once; then one file per feed vocabulary."""
