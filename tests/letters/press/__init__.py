"""The press: pages, numbers, windows and previews, and what it complains of."""
