"""Words that many read hold no address, postcode or telephone number, and say where one belongs."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData

from api.staff.fields import Field, read
from vcs.victims.person import Person
from vcs.victims.places.numbers import PHONE, POSTCODE, number_in
from vcs.victims.whereabouts.given_away import ADDRESS, given_away

NIA = Person("Nia", "", ("Flat 2", "12 Canary Lane", "Leeds"), "LS1 3AB", "0113 496 0999", "", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He knows that she is at LS1 3AB now.", POSTCODE),
        ("she moved to ls13ab", POSTCODE),
        ("Ring the neighbour on 07700 900123.", PHONE),
        ("+44 (0)20 7946 0018 after six", PHONE),
        ("(0113) 496-0999", PHONE),
        ("He waits in Canary Ln, by the shop", ADDRESS),
        ("12, Canary Lane", ADDRESS),
        # Neither of these is where anybody can be found.
        ("Letters only. Do not leave messages, not before 9am or after 5.30.", ""),
        ("Her flat 2 is dark, he lives in Leeds, room B1 9am, gate A1 1st of May", ""),
        ("See VCS-AB12-3CD4 and case 01GH2345678, of 03-04-2026 10:30 or 01/02/2026", ""),
        ("The helpline is 0808 168 9111, victims may dial 999 or 101", ""),
        ("", ""),
    ],
)
def test_what_surely_is_an_address_or_a_number_is_named_and_nothing_else(
    text: str, said: str
) -> None:
    assert given_away(text, (NIA,)) == said


def test_a_form_says_where_it_belongs_and_repeats_none_of_it() -> None:
    asked = Field("words", "What should be noted?", "lines", leave_out=number_in)
    assert read((asked,), FormData({"words": "She is at LS1 3AB"})).errors == {"words": POSTCODE}
    assert read((asked,), FormData({"words": "She is safe"})).errors == {}
