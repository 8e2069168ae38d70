"""Pages for staff who are signed in, in the GOV.UK Design System."""
