"""No address leaves the letter pages without a reason and a row in the trail."""

from __future__ import annotations

import pytest

from tests.api.office import Office
from tests.api.staff.letters.test_letters import PRINT, approve, drafted
from tests.api.staff.letters.visits import ADDRESS, events

LOOKS = ("", ".pdf", "/preview.pdf")


@pytest.mark.parametrize("end", LOOKS)
def test_no_address_leaves_without_a_reason_and_a_row(office: Office, end: str) -> None:
    officer, at = drafted(office)
    if end == ".pdf":
        approve(officer, at)
    before = events(office).count("letter.looked_at")
    shown = officer.get(f"{at}{end}")
    assert shown.status_code == (405 if end else 200)
    for kept_back in (ADDRESS, "LS1 3AB", "0113 496 0000"):
        assert kept_back not in shown.text
    assert not shown.content.startswith(b"%PDF-")
    for reason in ({}, {"reason": "because"}):
        refused = officer.fill(at, f"{at}{end}", **reason)
        assert refused.status_code == 422
        assert ADDRESS not in refused.text
        assert not refused.content.startswith(b"%PDF-")
    assert events(office).count("letter.looked_at") == before
    given = officer.fill(at, f"{at}{end}", reason=PRINT)
    assert given.status_code == 200
    assert given.content.startswith(b"%PDF-") if end else ADDRESS in given.text
    assert events(office).count("letter.looked_at") == before + 1


def test_a_failed_approval_shows_no_address(office: Office) -> None:
    officer, at = drafted(office)
    answer = officer.post(f"{at}/approve", officer.hidden(at) | {"seen": ""})
    assert answer.status_code in (409, 422)
    assert ADDRESS not in answer.text
