"""Two people have one victim's details open: the second sees both, and nothing is lost."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from sqlmodel import select

from tests.api.office import VICTIM, Office, Visitor
from vcs.access.records import AuditEntry, ClientKind
from vcs.partners.desk import read_requests
from vcs.terms import Role

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_0-9-]+)" value="([^"]*)">')

_CHECKED = re.compile(r'name="(use-[a-z_]+)" type="radio" value="([a-z]+)" checked')

NOTHING_SAID = dict.fromkeys(
    (
        "safe_to_post",
        "address_how_known",
        *(f"address_confirmed_on-{part}" for part in ("day", "month", "year")),
    ),
    "",
)
"""Nobody said anything of the address that is sent: as the form shows these questions."""

HOME = {"address_lines": "2 Refuge Close\r\nLeeds", "postcode": "LS3 9ZX"}

REFUGE = HOME | NOTHING_SAID


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


def opened(visitor: Visitor, at: str) -> dict[str, str]:
    """Open the details with a reason; return what the form for changing them carries unseen."""
    shown = visitor.fill(f"{at}/address", reason="to mend the details")
    assert shown.status_code == 200, shown.text
    return hidden(shown.text)


def held(visitor: Visitor, at: str) -> str:
    page: str = visitor.fill(f"{at}/address", reason="to check the address").text
    return re.split("Change the details", page)[0]


@pytest.fixture
def at(office: Office) -> str:
    reference, victim = office.referral_with_victim()
    return f"/referrals/{reference}/victims/{victim}"


def test_the_second_of_two_officers_sees_both_and_the_address_stays(
    office: Office, at: str
) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    one, two = opened(first, at), opened(second, at)
    assert first.post(f"{at}/amend", one | VICTIM | REFUGE).status_code == 303
    phone = VICTIM | {"phone": "0113 496 0888"}
    both = second.post(f"{at}/amend", two | phone)
    assert both.status_code == 409
    assert "Vera Liaison saved a change" in both.text
    for told in ("2 Refuge Close", "1 Made Up Lane", "0113 496 0000", "0113 496 0888"):
        assert told in both.text, told
    assert "2 Refuge Close" in held(first, at)
    assert "0113 496 0888" not in held(first, at)
    chosen = dict(_CHECKED.findall(both.text))
    assert chosen == {
        "use-safe_to_post": "held",
        "use-address_lines": "held",
        "use-phone": "typed",
    }
    assert "Use what you typed: Yes" not in both.text
    answer = second.post(f"{at}/amend", hidden(both.text) | chosen)
    assert answer.status_code == 303, answer.text
    now = held(second, at)
    assert "2 Refuge Close" in now
    assert "LS3 9ZX" in now
    assert "0113 496 0888" in now
    assert "Not confirmed. Safe to write: not known yet" in now


def test_where_both_changed_one_field_the_second_must_choose(office: Office, at: str) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    one, two = opened(first, at), opened(second, at)
    first.post(f"{at}/amend", one | VICTIM | {"phone": "0113 496 0001"})
    both = second.post(f"{at}/amend", two | VICTIM | {"phone": "0113 496 0002"})
    assert _CHECKED.findall(both.text) == []
    unanswered = second.post(f"{at}/amend", hidden(both.text))
    assert unanswered.status_code == 422
    assert 'href="#use-phone' in unanswered.text
    assert "0113 496 0001" in held(first, at)
    answer = second.post(f"{at}/amend", hidden(unanswered.text) | {"use-phone": "typed"})
    assert answer.status_code == 303
    assert "0113 496 0002" in held(first, at)


def test_a_third_change_while_the_second_chooses_is_noticed_too(office: Office, at: str) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    one, two = opened(first, at), opened(second, at)
    first.post(f"{at}/amend", one | VICTIM | REFUGE)
    both = second.post(f"{at}/amend", two | VICTIM | {"phone": "0113 496 0888"})
    moved = {"address_lines": "1 Mum Road", "postcode": "LS4 9ZW"}
    assert first.post(f"{at}/amend", opened(first, at) | VICTIM | moved).status_code == 303
    chosen = dict(_CHECKED.findall(both.text))
    again = second.post(f"{at}/amend", hidden(both.text) | chosen)
    assert again.status_code == 409
    assert "1 Mum Road" in again.text
    assert "1 Mum Road" in held(first, at)


def test_an_officer_who_corrects_a_phone_number_undoes_no_warning_of_a_program(
    office: Office, at: str
) -> None:
    officer = office.person(Role.VLO)
    form = opened(officer, at)
    program_says(office, at, {"safe_to_post": False, "safe_contact_notes": "He reads her post"})
    both = officer.post(f"{at}/amend", form | VICTIM | {"phone": "0113 496 0888"})
    assert both.status_code == 409
    assert "He reads her post" in both.text
    chosen = dict(_CHECKED.findall(both.text))
    assert chosen == {
        "use-safe_to_post": "held",
        "use-safe_contact_notes": "held",
        "use-phone": "typed",
    }
    assert officer.post(f"{at}/amend", hidden(both.text) | chosen).status_code == 303
    page = officer.get(at.split("/victims")[0]).text
    assert "He reads her post" in page
    assert "nothing may be posted" in page


def program_says(office: Office, at: str, changes: dict[str, Any]) -> None:
    """Let witness care's program correct what is held about the victim, and have it read."""
    headers = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    body = {"kind": "correction", "victim_reference": at.rpartition("/")[2], "changes": changes}
    answer = office.client.post("/referrals", content=json.dumps(body), headers=headers)
    assert answer.status_code == 202, answer.text
    door = office.app.state.door
    while read_requests(door.db, door.sealer, now=office.clock.now):
        pass


def test_safe_is_never_presumed_for_an_address_that_it_was_not_said_of(
    office: Office, at: str
) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    unknown = VICTIM | {"safe_to_post": "not_known"}
    first.post(f"{at}/amend", opened(first, at) | unknown)
    one, two = opened(first, at), opened(second, at)
    first.post(f"{at}/amend", one | unknown | REFUGE)
    both = second.post(f"{at}/amend", two | VICTIM)
    assert dict(_CHECKED.findall(both.text)) == {
        "use-safe_to_post": "held",
        "use-address_lines": "held",
    }
    assert "Use what you typed: Yes" not in both.text
    assert "Keep what is held now: Not known yet" in both.text


def test_what_the_second_did_not_change_is_not_offered_as_what_they_typed(
    office: Office, at: str
) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    letters_only = VICTIM | {"safe_contact_notes": "Letters only"}
    assert first.post(f"{at}/amend", opened(first, at) | letters_only).status_code == 303
    one, two = opened(first, at), opened(second, at)
    danger = letters_only | {"safe_to_post": "no", "safe_contact_notes": "DANGER: he opens post"}
    assert first.post(f"{at}/amend", one | danger).status_code == 303
    both = second.post(f"{at}/amend", two | letters_only | {"phone": "0113 496 0888"})
    assert "Use what you typed: 0113 496 0888" in both.text
    for untyped in ("Use what you typed: Yes", "Use what you typed: Letters only"):
        assert untyped not in both.text
    # A note that both changed is added to, and never replaced.
    noted = letters_only | {"safe_contact_notes": "Ring on Mondays"}
    both = second.post(f"{at}/amend", two | noted)
    assert "Keep both: DANGER: he opens post Ring on Mondays" in both.text
    assert "Use what you typed: Ring" not in both.text


def test_a_new_address_takes_over_nothing_that_was_said_of_the_one_before(
    office: Office, at: str
) -> None:
    officer = office.person(Role.VLO)
    moved = officer.post(f"{at}/amend", opened(officer, at) | VICTIM | REFUGE)
    assert moved.headers["location"].endswith("done=amended-moved")
    assert "record whether it is safe to write" in officer.get(moved.headers["location"]).text
    now, before = held(officer, at).split("LS3 9ZX")[-1].split("1 Made Up Lane")
    assert "Not confirmed. Safe to write: not known yet" in now
    assert "Confirmed on 2 Feb 2026. Safe to write: yes" in before
    # Leaving it empty again changes nothing; what is said now counts for the address sent with it.
    officer.post(f"{at}/amend", opened(officer, at) | VICTIM | REFUGE)
    assert "Not confirmed. Safe to write: not known yet" in held(officer, at)
    answered = officer.post(f"{at}/amend", opened(officer, at) | VICTIM | HOME)
    assert answered.headers["location"].endswith("done=amended")
    assert "Confirmed on 2 Feb 2026. Safe to write: yes" in held(officer, at).split("1 Made")[0]


def test_a_move_and_that_it_is_safe_are_said_in_one_step_and_not_safe_stays(
    office: Office, at: str
) -> None:
    officer = office.person(Role.VLO)
    form = officer.fill(f"{at}/address", reason="to mend the details").text
    assert "Held: yes, for the address on record" in form
    assert "Held: Monday 2 February 2026" in form
    change = form[form.index("Change the details") :]
    for name in ("safe_to_post", "address_how_known"):
        assert not re.search(f'name="{name}"[^>]*checked', change)
    moved = officer.post(f"{at}/amend", hidden(form) | VICTIM | HOME)
    assert moved.headers["location"].endswith("done=amended")
    assert "Confirmed on 2 Feb 2026. Safe to write: yes" in held(officer, at).split("1 Made")[0]
    unsafe = VICTIM | REFUGE | {"safe_to_post": "no"}
    officer.post(f"{at}/amend", opened(officer, at) | unsafe)
    again = VICTIM | REFUGE | {"address_lines": "1 Mum Road", "postcode": "LS4 9ZW"}
    officer.post(f"{at}/amend", opened(officer, at) | again)
    assert "Safe to write: no" in held(officer, at).split("2 Refuge")[0]


def test_an_answer_kept_from_one_address_is_not_said_of_the_other(office: Office, at: str) -> None:
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    unknown = VICTIM | {"safe_to_post": "not_known"}
    one, two = opened(first, at), opened(second, at)
    first.post(f"{at}/amend", one | VICTIM | HOME)
    mums = {"address_lines": "1 Mum Road", "postcode": "LS4 9ZW"}
    both = second.post(f"{at}/amend", two | unknown | mums)
    chosen = {"use-address_lines": "typed", "use-safe_to_post": "held"}
    assert second.post(f"{at}/amend", hidden(both.text) | chosen).status_code == 303
    now = held(second, at).split("2 Refuge")[0]
    assert "1 Mum Road" in now
    assert "Safe to write: not known yet" in now


def test_a_note_from_before_that_holds_a_number_blocks_no_other_change(
    office: Office, at: str
) -> None:
    """It was taken before anybody looked: they are told where it belongs, and nothing is lost."""
    officer = office.person(Role.VLO)
    program_says(office, at, {"safe_contact_notes": "Ring her mum on 0113 496 0999"})
    noted = VICTIM | NOTHING_SAID | {"safe_contact_notes": "Ring her mum on 0113 496 0999"}
    kept = officer.post(f"{at}/amend", opened(officer, at) | noted | {"email": "m@example.org"})
    assert kept.status_code == 303, kept.text
    assert (
        "still holds an address or a telephone number" in officer.get(kept.headers["location"]).text
    )
    changed = noted | {"safe_contact_notes": "Ring her gran on 0113 496 0999"}
    assert officer.post(f"{at}/amend", opened(officer, at) | changed).status_code == 422


@pytest.mark.parametrize("version", [None, "", "0" * 64])
def test_a_form_without_its_version_saves_nothing(
    office: Office, at: str, version: str | None
) -> None:
    officer = office.person(Role.VLO)
    form = opened(officer, at)
    form.pop("drawn_from")
    if version is not None:
        form["drawn_from"] = version
    answer = officer.post(f"{at}/amend", form | VICTIM | REFUGE)
    assert answer.status_code == 409
    assert "1 Made Up Lane" in held(officer, at)


def test_a_mistake_in_the_form_keeps_its_version(office: Office, at: str) -> None:
    officer = office.person(Role.VLO)
    form = opened(officer, at)
    wrong = officer.post(f"{at}/amend", form | VICTIM | {"postcode": "nowhere"})
    assert wrong.status_code == 422
    answer = officer.post(f"{at}/amend", hidden(wrong.text) | VICTIM | REFUGE)
    assert answer.status_code == 303


def test_the_same_form_twice_is_one_change(office: Office, at: str) -> None:
    officer = office.person(Role.VLO)
    form = opened(officer, at) | VICTIM | REFUGE
    assert [officer.post(f"{at}/amend", form).status_code for _ in range(2)] == [303, 303]


def test_the_look_at_what_overtook_a_change_is_in_the_trail(office: Office, at: str) -> None:
    officer = office.person(Role.VLO)
    form = opened(officer, at)
    officer.post(f"{at}/amend", opened(officer, at) | VICTIM | REFUGE)
    before = looks(office)
    assert officer.post(f"{at}/amend", form | VICTIM).status_code == 409
    assert looks(office) == before + 1


def looks(office: Office) -> int:
    with office.app.state.door.db.reading() as session:
        events = list(session.exec(select(AuditEntry.event)))
    return events.count("address.revealed")
