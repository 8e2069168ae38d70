"""How a person may be reached and how never, as they or others said: data of the person."""
