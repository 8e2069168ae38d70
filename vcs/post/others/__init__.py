"""Letters to others than victims: where they go, what brings each, and what each may say."""
