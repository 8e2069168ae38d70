"""Tests of what this folder is named after."""
