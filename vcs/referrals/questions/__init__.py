"""Questions for a person about sentences: as pages show them, with what was answered alike."""
