"""Messages saved: sentences under one key, joined, brought in line with every report on them."""
