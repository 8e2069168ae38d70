"""What courts and witness care units send by program."""
