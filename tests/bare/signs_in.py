"""``signs_in.py PORT``: exits 0 once the sign-in page is served there. Standard library only."""

from __future__ import annotations

import sys
import urllib.request

with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/sign-in", timeout=5) as answer:
    raise SystemExit(b"Sign in" not in answer.read())
