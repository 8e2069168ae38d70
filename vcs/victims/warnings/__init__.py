"""Warnings that somebody may not be safe: found by comparing what is known before and after."""
