"""A sentence at the level of the hearing that no case's offender can be given."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.platform_shapes import DAY, Json, as_bytes, assault, result, story
from vcs.intake.reading import read

PRISON = result("IMP", DAY, "3 Years")


def hearing_with(told: Json, *, results: tuple[Json, ...] = ()) -> Any:
    """Read a hearing about one offender, with something told of a person beside the cases."""
    message = story(assault(*results))
    message["hearing"]["defendantJudicialResults"] = [told]
    return read(as_bytes(message))


@pytest.mark.parametrize("whose", [{"masterDefendantId": "nobody-in-the-hearing"}, {}])
def test_a_sentence_of_somebody_whom_no_case_lists_is_never_lost(whose: Json) -> None:
    found = hearing_with(whose | {"judicialResult": PRISON})

    assert found.status == "set_aside"
    assert found.problem == "A sentence in the hearing does not say whom it is about."


def test_it_does_not_hide_who_was_sentenced_beside_it() -> None:
    stranger = {"masterDefendantId": "nobody-in-the-hearing", "judicialResult": PRISON}
    found = hearing_with(stranger, results=(PRISON,))

    assert (found.status, len(found.sentenced)) == ("read", 1)
    assert "does not say whom" in found.problem


@pytest.mark.parametrize("told", [result("FO", DAY), PRISON | {"isDeleted": True}])
def test_what_no_victim_could_be_owed_for_asks_nobody(told: Json) -> None:
    assert hearing_with({"masterDefendantId": "nobody", "judicialResult": told}).problem is None
