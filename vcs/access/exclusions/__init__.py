"""Who must not see a case although their role and region let them: named people, with reasons."""
