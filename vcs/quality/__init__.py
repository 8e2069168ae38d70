"""What victims say of how they were treated, and what a second reader finds in our letters."""
