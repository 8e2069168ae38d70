"""The made-up caseload."""
