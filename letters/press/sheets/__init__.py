"""The pages of the press: what goes on each, and what it shows once it is finished."""
