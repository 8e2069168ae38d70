"""What must hold before anything starts: one set of checks for every command."""

from vcs.start.checks import Checked, Started, check, require_safe, start

__all__ = ["Checked", "Started", "check", "require_safe", "start"]
