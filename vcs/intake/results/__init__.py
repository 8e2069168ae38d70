"""What a result of a court means: tables of codes and definitions, then words."""
