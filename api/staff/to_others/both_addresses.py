"""Both addresses, shown to the manager who decides whether a letter may hand one of them over."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff.letters.both_addresses import Compared, serve_both
from vcs.post.others.find import visible_letter
from vcs.post.others.opening import reveal_for_other

router = APIRouter()

serve_both(router, Compared("/letters-to-others", visible_letter, reveal_for_other))
