"""The list of sentences that one telephone call would make eligible."""

from __future__ import annotations

from tests.api.office import Office
from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, told
from vcs.terms import Role


def test_a_missing_length_is_listed_with_whom_to_ask(office: Office) -> None:
    office.tell(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    page = office.person(Role.MANAGER).get("/tasks/one-call").text
    assert "The term for this offence was 12 months or more" in page
    assert "The court" in page
    card = office.person(Role.MANAGER).get("/tasks").text
    assert "/tasks/one-call" in card


def test_an_empty_list_says_so(office: Office) -> None:
    page = office.person(Role.VLO).get("/tasks/one-call").text
    assert "No sentence waits for one answer alone." in page
