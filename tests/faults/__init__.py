"""What breaks from outside: a process killed, a lock held, a disk full, a sender slow or vast."""
