"""Where letters are printed: the fonts, and a sealed process that knows nothing else."""
