"""The pages of units and partner offices."""
