"""The front door: court feeds, pages for staff, health. It holds no rules of its own."""
