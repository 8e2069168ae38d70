"""Tests as stories."""
