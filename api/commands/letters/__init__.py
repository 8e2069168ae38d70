"""Commands for letters: samples, print batches, what left and what came back."""
