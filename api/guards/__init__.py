"""What stands before every route: size, headers, and the last resort. Plain ASGI."""
