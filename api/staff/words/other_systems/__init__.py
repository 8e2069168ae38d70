"""What pages say of what other systems send, and of what they are told."""
