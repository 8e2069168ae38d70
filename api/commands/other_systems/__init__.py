"""Commands for what other systems hold: prisons, licence systems, lists."""
