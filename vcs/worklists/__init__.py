"""Reads for screens and jobs; no writes."""
