"""What we do about it: the only code that changes what we hold about people; never commits."""
