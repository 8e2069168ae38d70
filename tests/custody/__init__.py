"""Tests of what prisons and licence systems tell."""
