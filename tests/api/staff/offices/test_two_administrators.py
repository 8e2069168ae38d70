"""Two people have one form open: the second sees what the first saved, and nothing is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from sqlmodel import col, select

from tests.api.office import YORKSHIRE, Office, Visitor, email_of
from tests.api.staff.letters.test_partners import hand_over
from tests.api.staff.officers.test_officers import hired
from tests.api.test_signed_out_mid_form import back_in, sent_too_late, timed_out
from vcs.access.records import Account, Unit
from vcs.partners.chase.records import Mailbox
from vcs.post.others.records import OfficeAddress, PartnerOffice
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.terms import Role

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_0-9-]+)" value="([^"]*)">')

_CHECKED = re.compile(r'name="(use-[a-z_-]+)" type="radio" value="([a-z]+)" checked')

UNIT = {
    "name": "Yorkshire Victim Liaison Unit",
    "email": "vlu@example.org",
    "phone": "",
    "address": "PO Box 1\r\nLeeds",
}


def day(name: str, on: date) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{name}-{part}": str(number) for part, number in parts.items()}


def two(office: Office, role: Role = Role.ADMINISTRATOR) -> tuple[Visitor, Visitor]:
    """Return two people in one role, each with a browser of their own."""
    second = office.visitor()
    second.sign_in(email_of(role))
    return office.person(role), second


def both_of(answer: Any) -> dict[str, str]:
    """Return what a page with both versions would send: all it carries, and what it presumes."""
    assert answer.status_code == 409, answer.text
    assert "Somebody else changed this" in answer.text
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(answer.text)}
    return hidden | dict(_CHECKED.findall(answer.text))


def unit(office: Office) -> Unit:
    with office.app.state.door.db.reading() as session:
        found: Unit = session.get_one(Unit, YORKSHIRE)
    return found


def test_two_administrators_edit_one_unit(office: Office) -> None:
    (first, second), at = two(office), f"/units/{YORKSHIRE}"
    one, other = first.hidden(at), second.hidden(at)
    moved = UNIT | {"email": "new@example.org", "address": "2 New Road\r\nLeeds"}
    assert first.post(at, one | moved).status_code == 303
    typed = UNIT | {"email": "other@example.org", "phone": "0113 496 0777"}
    asked = second.post(at, other | typed)
    choice = both_of(asked)
    for said in ("new@example.org", "other@example.org", "2 New Road, Leeds"):
        assert said in asked.text, said
    assert "PO Box 1, Leeds" not in asked.text, "the second one did not write that"
    # What only one of them changed is chosen beforehand; what both changed is asked.
    assert {key: choice.get(key) for key in ("use-address", "use-phone", "use-email")} == {
        "use-address": "held",
        "use-phone": "typed",
        "use-email": None,
    }
    assert second.post(at, choice).status_code == 422
    assert unit(office).phone == ""
    assert first.post(at, first.hidden(at) | moved | {"name": "VLU Leeds"}).status_code == 303
    third = second.post(at, choice | {"use-email": "typed"})
    assert "VLU Leeds" in third.text, "a third change is noticed too"
    last = both_of(third) | {"use-email": "typed"}
    assert second.post(at, last).status_code == 303
    held = unit(office)
    assert (held.name, held.email) == ("VLU Leeds", "other@example.org")
    assert (held.phone, held.address) == ("0113 496 0777", "2 New Road\nLeeds")


def test_a_unit_that_was_typed_before_a_sign_in_ended_is_overtaken_too(office: Office) -> None:
    at, second = f"/units/{YORKSHIRE}", office.visitor()
    second.sign_in(email_of(Role.ADMINISTRATOR))
    late = sent_too_late(office, Role.ADMINISTRATOR, at, **UNIT, note="")
    assert second.fill(at, **(UNIT | {"email": "new@example.org"})).status_code == 303
    person = office.person(Role.ADMINISTRATOR)
    again = back_in(person, late, Role.ADMINISTRATOR)
    form = {name: unescape(value) for name, value in _HIDDEN.findall(again.text)}
    typed = UNIT | {"phone": "0113 496 0777", "email": "other@example.org"}
    choice = both_of(person.post(at, form | typed))
    timed_out(person)
    again = back_in(person, person.post(at, choice), Role.ADMINISTRATOR)
    assert "Keep what is held now: new@example.org" in again.text, "the choice is still to make"
    choice = dict(_CHECKED.findall(again.text)) | {
        name: unescape(value) for name, value in _HIDDEN.findall(again.text)
    }
    assert "use-email" not in choice
    choice["use-email"] = "held"
    assert person.post(at, choice).status_code == 303
    assert (unit(office).email, unit(office).phone) == ("new@example.org", "0113 496 0777")


def test_two_administrators_edit_one_partner_office(office: Office) -> None:
    first, second = two(office)
    today = office.clock.today()
    new = {"name": "The Manager", "lines": "1 Old Street\r\nLeeds", "postcode": "LS1 3AB"}
    since = day("from_on", today - timedelta(days=1))
    first.fill("/partner-offices/new", serves="hospital_managers:", **new, **since)
    with office.app.state.door.db.reading() as session:
        at = f"/partner-offices/{session.exec(select(PartnerOffice.reference)).one()}"
    one, other = first.hidden(at), second.hidden(at)
    moved = new | {"lines": "2 New Street\r\nLeeds"}
    assert first.post(at, one | moved | day("from_on", today)).status_code == 303
    to_come = new | {"lines": "3 Next Street"} | day("from_on", today + timedelta(days=30))
    assert first.post(at, first.hidden(at) | to_come).status_code == 303
    asked = second.post(at, other | new | since | {"name": "The Matron"})
    choice = both_of(asked)
    for said in ("2 New Street, Leeds; Postcode: LS1 3AB", "3 Next Street", "The Matron"):
        assert said in asked.text
    assert (choice["use-lines"], choice["use-name"]) == ("held", "typed")
    assert second.post(at, choice).status_code == 303
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(PartnerOffice.name)).one() == "The Matron"
        by_day = col(OfficeAddress.from_on)
        held = session.exec(select(OfficeAddress.lines).order_by(by_day)).all()
    assert held == ["1 Old Street\nLeeds", "2 New Street\nLeeds", "3 Next Street"]
    again = new | {"lines": "4 Same Day"} | day("from_on", today)
    refused = second.post(at, second.hidden(at) | again)
    assert "begins on that day already" in refused.text
    assert "4 Same Day" in refused.text, "what was typed stays"


def test_the_mailbox_of_a_witness_care_unit_is_not_put_back(office: Office) -> None:
    (first, second), at = two(office), "/witness-care-units/13"
    one, other = first.hidden(at), second.hidden(at)
    assert first.post(at, one | {"name": "Leeds", "email": "wcu@example.org"}).status_code == 303
    choice = both_of(second.post(at, other | {"name": "Leeds", "email": "old@example.org"}))
    assert second.post(at, choice | {"use-email": "held"}).status_code == 303
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(Mailbox.email)).one() == "wcu@example.org"


def is_told_first(who: Visitor, at: str, form: dict[str, str], now: str) -> None:
    """Send a form that was overtaken: it is shown with what counts now, and then taken."""
    told = who.post(at, form)
    assert told.status_code == 422, told.text
    assert "Somebody else saved a change after you opened this page" in told.text
    assert now in told.text
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(told.text)}
    assert who.post(at, form | hidden).status_code == 303


def test_what_is_set_without_being_filled_in_is_set_by_who_saw_it(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    today = office.clock.today()
    (manager, late), heads = two(office, Role.MANAGER), two(office, Role.HEAD)

    rung = {"rung": "well over", "why": "Fewer staff"}
    opened = heads[1].hidden("/ladder/set")
    assert heads[0].fill("/ladder/set", after="2", **rung).status_code == 303
    is_told_first(heads[1], "/ladder/set", opened | rung | {"after": "4"}, "Well over: 2 working")

    at = f"/referrals/{reference}/victims/{victim}/if-out"
    ring = {"answer": "ring"} | day("answered_on", today)
    opened = late.hidden(at)
    assert manager.fill(at, answer="never", **day("answered_on", today)).status_code == 303
    is_told_first(late, at, opened | ring, "Never contact them")

    with office.app.state.door.db.reading() as session:
        vera = session.exec(select(Account.id).where(Account.name == "Vera Liaison")).one()
    days = day("first_on", today) | day("last_on", today + timedelta(days=9))
    away = {"officer": str(vera), "cover": "managers"} | days
    assert manager.fill("/officers/leave/new", **away).status_code == 303
    opened = late.hidden("/officers/leave/1/end")
    sooner, later = (day("back_on", today + timedelta(days=number)) for number in (3, 5))
    assert manager.fill("/officers/leave/1/end", **sooner).status_code == 303
    assert late.post("/officers/leave/1/end", opened | later).status_code == 422

    at = f"/referrals/{reference}/restriction/new"
    opened, form = late.hidden(at), {"reason": "Her family", "step": "send"}
    (moira,) = re.findall(r'value="(\d+)">\s*<label[^>]*>\s*Moira', late.get(at).text)
    both = [moira, str(vera)]
    assert manager.post(at, manager.hidden(at) | form | {"named": both}).status_code == 303
    is_told_first(late, at, opened | form | {"named": moira}, "Moira Manager, Vera Liaison")


def test_what_a_letter_needs_is_not_put_back(office: Office) -> None:
    _, _, letter = hand_over(office)
    (first, second), at = two(office, Role.VLO), f"{letter}/facts"
    opened = second.hidden(at)
    was = {"victim_wish-en": "She wishes to be told of discharge.", "patient_reference": "EX-42"}
    less = was | {"victim_wish-en": "She wishes to hear of nothing."}
    assert first.fill(at, **less).status_code == 303
    choice = both_of(second.post(at, opened | was | {"patient_reference": "EX-43"}))
    assert choice["use-victim_wish-en"] == "held"
    assert second.post(at, choice).status_code == 303
    page = second.get(at).text
    assert "She wishes to hear of nothing." in page
    assert "EX-43" in page


def test_two_managers_give_one_referral(office: Office) -> None:
    """The second is asked which of the two officers has it."""
    reference, (first, second) = office.referral(), two(office, Role.MANAGER)
    hired(office, "Second Officer")
    at = f"/referrals/{reference}/assign"
    page = first.get(at).text
    found = re.findall(r'name="vlo_account_id" type="radio" value="(\d+)"', page)
    one, other = first.hidden(at), second.hidden(at)
    assert first.post(at, one | {"vlo_account_id": found[0]}).status_code == 303
    asked = second.post(at, other | {"vlo_account_id": found[1]})
    choice = both_of(asked)
    assert second.post(at, choice).status_code == 422, "nothing is chosen beforehand"
    assert second.post(at, choice | {"use-vlo_account_id": "held"}).status_code == 303
    with office.app.state.door.db.reading() as session:
        query = select(Referral.vlo_account_id).where(Referral.reference == reference)
        assert str(session.exec(query).one()) == found[0]


def test_two_people_address_one_letter_to_a_partner(office: Office) -> None:
    """What the second did not change is the first's; the language is asked about on its own."""
    _, _, at = hand_over(office)
    first, second = office.person(Role.VLO), office.visitor()
    second.sign_in(email_of(Role.VLO))
    at = f"{at}/office"
    (where,) = re.findall(r'name="office" type="radio" value="([^"]+)"', first.get(at).text)
    one, other = first.hidden(at), second.hidden(at)
    assert first.post(at, one | {"office": where, "language": "cy-en"}).status_code == 303
    choice = both_of(second.post(at, other | {"office": where, "language": "en"}))
    assert choice["use-language"] == "held"
    assert second.post(at, choice).status_code == 303
    with office.app.state.door.db.reading() as session:
        query = select(LetterRecord.language).where(col(LetterRecord.about_victim_id).is_not(None))
        assert session.exec(query).one() == "cy-en"
