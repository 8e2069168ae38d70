"""What is read from a form's fields: long lists of ticks whole, nothing that only seems to be."""

from __future__ import annotations

from starlette.datastructures import FormData

from api.staff.fields import Field, clean, read
from tests.api.office import Office
from vcs.intake.by_hand.entry import MOST_OFFENCES
from vcs.terms import Role

FIELDS_OF_AN_OFFENCE = 20


def test_as_many_boxes_may_be_ticked_as_there_are() -> None:
    options = {f"missed:VCS-{n:04d}-0000:first-contact": "A row" for n in range(60)}
    left_out = Field("left_out", "Leave out", "checkboxes", options=options)
    entry = read((left_out,), FormData([("left_out", one) for one in options]))
    assert entry.errors == {}
    assert entry.typed["left_out"].split() == list(options)


def test_what_turns_or_hides_letters_is_dropped_and_what_joins_them_stays() -> None:
    assert clean("14\u2068 Mill\u200b Lane\u2069\u00ad") == "14 Mill Lane"
    assert clean("می\u200cرود") == "می\u200cرود"


def test_a_message_with_many_offences_is_taken(office: Office) -> None:
    many = {f"extra-{n}": "typed" for n in range(MOST_OFFENCES * FIELDS_OF_AN_OFFENCE)}
    assert office.person(Role.MANAGER).fill("/search", words="nobody", **many).status_code != 400
