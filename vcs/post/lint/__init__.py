"""What is wrong with a letter's words before anybody approves it."""
