"""Cases that only named people may see: who they are, and who is let in when none of them acts."""
