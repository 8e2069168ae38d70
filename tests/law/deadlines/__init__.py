"""Worked examples of deadlines, as tables that a lawyer can edit, and what proves the counting."""
