"""A practitioner learns how to consult a unit, and nothing of whether there is a victim."""

from __future__ import annotations

import re

import pytest

from tests.api.office import LONDON_COURT, Office, sentencing
from tests.api.staff.referrals.test_excluded import _counting, _same
from vcs.terms import Role

WITH_VICTIM, WITHOUT, SHORT, ELSEWHERE = (f"13EX0000{n}26" for n in (1, 2, 3, 4))


def test_every_case_is_answered_alike_by_the_byte_and_by_the_query(office: Office) -> None:
    office.referral_with_victim()
    today = office.clock.today()
    office.tell(sentencing(today, urn=WITHOUT, last="Second"))
    office.tell(sentencing(today, urn=SHORT, last="Third", term="2 Months"))
    office.tell(sentencing(today, urn=ELSEWHERE, last="Fourth", court=LONDON_COURT))
    who = office.person(Role.PRACTITIONER)
    answers, queries = set(), set()
    for reference in (WITH_VICTIM, WITHOUT, SHORT, ELSEWHERE, "99ZZ0000126", "X123456"):
        sent = who.hidden("/consult") | {"reference": reference}
        with _counting(office) as asked:
            answer = who.post("/consult", sent)
        assert answer.status_code == 200
        assert "Yorkshire Victim Liaison Unit" in answer.text
        assert reference not in answer.text
        answers.add(_same(answer))
        queries.add(len(asked))
    assert len(answers) == len(queries) == 1


@pytest.mark.parametrize("typed", ["", "Colin Madeup", "12", "x" * 50])
def test_what_is_no_reference_is_asked_for_again(office: Office, typed: str) -> None:
    answer = office.person(Role.PRACTITIONER).fill("/consult", reference=typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_a_practitioners_first_page_asks_and_counts_nothing(office: Office) -> None:
    office.referral()
    page = office.person(Role.PRACTITIONER).get("/").text
    assert "Consult a victim liaison unit" in page
    assert "not accounted for" not in page
    assert re.findall(r'govuk-service-navigation__link" href="([^"]+)"', page) == [
        "/consult",
        "/training",
    ]
