"""Families: ages, deaths, who speaks for a child, and who tells whom."""
