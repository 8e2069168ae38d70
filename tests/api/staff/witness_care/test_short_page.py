"""Witness care's short page: opened from a link, it says what is wanted and what to say."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from sqlmodel import select

from tests.api.office import PASSWORD, VICTIM, Office, Visitor, email_of
from tests.api.staff.test_my_day import plain
from vcs.access import kept_forms
from vcs.access.accounts import AccountEntry, add_account
from vcs.database import connect
from vcs.sentences.records import Sentence
from vcs.terms import Role

KENT = "46"

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_-]+)" value="([^"]*)">')


@pytest.fixture
def reference(office: Office) -> str:
    """Return a referral of a sentence of Friday 20 March 2026; it is due on Monday 16 March."""
    return office.referral()


def witness(office: Office) -> Visitor:
    return office.person(Role.WITNESS_CARE)


def elsewhere(office: Office, area: str = KENT) -> Visitor:
    """Return somebody else at witness care, by default of the unit of Kent, signed in."""
    entry = AccountEntry("kent@example.org", "Ken Kent", PASSWORD, Role.WITNESS_CARE, None, area)
    database = connect(office.settings)
    with database.writing() as session:
        add_account(session, None, entry, office.clock.now())
    database.close()
    visitor = office.visitor()
    visitor.sign_in("kent@example.org")
    return visitor


def carried(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


def through(person: Visitor, path: str, **typed: str) -> str:
    """Fill in a form, check the answers and send them; returns the page that it leads to."""
    checked = person.check(path, **typed)
    assert "Check your answers" in checked.text, plain(checked.text)
    sent = person.post(path, carried(checked.text) | {"step": "send"})
    assert sent.status_code == 303, plain(sent.text)
    return str(sent.headers["location"])


def test_the_link_opens_the_page_through_the_sign_in(office: Office, reference: str) -> None:
    path = f"/witness-care/{reference}"
    visitor = office.visitor()
    asked = visitor.get(path)
    assert asked.headers["location"] == f"/sign-in?next={path}"
    signed_in = visitor.fill(
        asked.headers["location"], "/sign-in", email=email_of(Role.WITNESS_CARE), password=PASSWORD
    )
    assert signed_in.headers["location"] == path
    assert visitor.get(path).status_code == 200


def test_the_page_says_what_is_wanted_by_when_and_what_to_say(
    office: Office, reference: str
) -> None:
    page = plain(witness(office).get(f"/witness-care/{reference}").text)
    for words in (
        "Refer the victim by Monday 16 March 2026",
        "10 working days left",
        "Wounding or inflicting grievous bodily harm: imprisonment, 3 years",
        "Monday 2 March 2026, Leeds Crown Court",
        "A victim liaison officer of Yorkshire Victim Liaison Unit",
        "They were sent to custody.",
        "There is no victim to refer",
        "This is not ours",
    ):
        assert words in page, words


def test_the_reference_of_the_sentence_opens_the_same_page(office: Office, reference: str) -> None:
    with office.app.state.door.db.reading() as session:
        sentence = session.exec(select(Sentence.reference)).one()
    page = witness(office).get(f"/witness-care/{sentence}")
    assert page.status_code == 200
    assert reference in page.text


def test_another_units_witness_care_cannot_tell_it_from_an_unknown_one(
    office: Office, reference: str
) -> None:
    kent = elsewhere(office)
    known, unknown = (kent.get(f"/witness-care/{one}") for one in (reference, "VCS-0000-0000"))
    assert (known.status_code, unknown.status_code) == (404, 404)
    strip = re.compile(r'nonce[-=]"?[A-Za-z0-9_=+/-]+')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)


def test_it_is_for_witness_care_alone(office: Office, reference: str) -> None:
    for role in (Role.VLO, Role.MANAGER, Role.ADMINISTRATOR):
        assert office.person(role).get(f"/witness-care/{reference}").status_code == 403


def test_the_first_page_lists_what_is_due_with_its_link(office: Office, reference: str) -> None:
    page = witness(office).get("/").text
    assert "Due from you" in page
    assert f'href="/witness-care/{reference}"' in page
    through(witness(office), f"/referrals/{reference}/victims/new", **VICTIM)
    page = witness(office).get("/").text
    assert reference not in page
    assert "Nothing is due from you" in page


def test_several_people_are_referred_one_after_the_other(office: Office, reference: str) -> None:
    person = witness(office)
    for name in ("Nia Example", "Owen Sample"):
        typed = VICTIM | {"name": name, "address_lines": f"Home of {name}", "phone": ""}
        back = through(person, f"/referrals/{reference}/victims/new", **typed)
        assert back == f"/witness-care/{reference}?done=victim-added"
        page = plain(person.get(back).text)
        assert "Refer another victim" in page
        assert name in page
        assert f"Home of {name}" not in page
    page = plain(person.get(f"/witness-care/{reference}").text)
    assert "Thank you. Nothing more is wanted from you." in page


def test_what_she_wants_is_a_note_for_the_unit(office: Office, reference: str) -> None:
    person, wish = witness(office), "To know when he may come home"
    through(person, f"/referrals/{reference}/victims/new", wish=wish, **VICTIM)
    assert wish in office.person(Role.MANAGER).get(f"/referrals/{reference}").text
    assert wish not in person.get(f"/witness-care/{reference}").text
    assert wish not in person.get(f"/referrals/{reference}").text


def test_a_draft_is_left_and_taken_up_again_in_another_browser(
    office: Office, reference: str
) -> None:
    path, person = f"/referrals/{reference}/victims/new", witness(office)
    left = person.fill(path, step="later", name="Nia Draft", postcode="half a postcode")
    assert left.headers["location"] == f"/witness-care/{reference}?done=draft-kept"
    assert "Go on with it" in person.get(f"/witness-care/{reference}").text
    again = office.visitor()
    again.sign_in(email_of(Role.WITNESS_CARE))
    form = again.get(path).text
    assert 'value="Nia Draft"' in form
    assert "Nothing of it has been sent" in form
    assert "Nia Draft" not in office.person(Role.MANAGER).get(path).text
    through(again, path, **VICTIM)
    assert "Nia Draft" not in person.get(path).text
    assert "Go on with it" not in person.get(f"/witness-care/{reference}").text


def test_a_draft_is_thrown_away_and_ends_after_a_week(office: Office, reference: str) -> None:
    path, person = f"/referrals/{reference}/victims/new", witness(office)
    person.fill(path, step="later", name="Nia Draft")
    office.clock.move_to(date(2026, 3, 8))
    assert removed_by_the_sweep(office) == 0
    person.sign_in(email_of(Role.WITNESS_CARE))
    assert "Nia Draft" in person.get(path).text
    office.clock.move_to(date(2026, 3, 10))
    assert removed_by_the_sweep(office) == 1
    person.sign_in(email_of(Role.WITNESS_CARE))
    assert "Nia Draft" not in person.get(path).text
    person.fill(path, step="later", name="Nia Draft")
    assert person.fill(path, step="forget").headers["location"] == path
    assert "Nia Draft" not in person.get(path).text


def removed_by_the_sweep(office: Office) -> int:
    with office.app.state.door.db.writing() as session:
        return kept_forms.remove_old(session, office.clock.now())


def test_not_ours_stays_with_the_sender_until_the_unit_agrees(
    office: Office, reference: str
) -> None:
    person, kent = witness(office), elsewhere(office)
    back = through(
        person, f"/witness-care/{reference}/not-ours", area=KENT, words="She lives in Dover"
    )
    assert "unit-asked" in back
    assert kent.get(f"/witness-care/{reference}").status_code == 404
    page = plain(person.get(f"/witness-care/{reference}").text)
    assert "The unit has not answered yet" in page
    assert "Refer the victim by Monday 16 March 2026" in page
    answer_unit(office, "accepted", "Kent has her")
    assert kent.get(f"/witness-care/{reference}").status_code == 200
    assert person.get(f"/witness-care/{reference}").status_code == 404
    sent = plain(person.get("/what-we-sent?show=messages").text)
    assert "Kent" in sent
    assert reference not in sent


def test_a_refused_message_comes_back_with_its_reason(office: Office, reference: str) -> None:
    person = witness(office)
    typed = {"sent_on-day": "27 Feb", "words": "By secure email"}
    through(person, f"/witness-care/{reference}/already-sent", **typed)
    answer_unit(office, "refused", "Nothing came. Send it here")
    page = plain(person.get(f"/witness-care/{reference}").text)
    assert "Not accepted" in page
    assert "Nothing came. Send it here" in page


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost(
    office: Office, reference: str
) -> None:
    path = f"/witness-care/{reference}/not-ours"
    answer = witness(office).fill(path, step="check", area="", words="")
    assert answer.status_code == 422
    assert "Select the police area" in answer.text
    assert "Enter how you know" in answer.text


def test_a_message_is_taken_back_until_it_is_answered(office: Office, reference: str) -> None:
    person = witness(office)
    through(person, f"/witness-care/{reference}/not-ours", area=KENT, words="Dover")
    page = person.get("/what-we-sent?show=messages").text
    (path,) = re.findall(r'href="(/what-we-sent/VCS-[0-9A-Z-]+/take-back)"', page)
    assert person.fill(path).status_code == 303
    assert "Taken back" in person.get("/what-we-sent?show=messages").text
    assert "Answer witness care" not in office.person(Role.MANAGER).get("/tasks").text
    assert person.get(path).status_code == 404


def test_a_proposal_that_nobody_can_be_referred_is_taken_back(
    office: Office, reference: str
) -> None:
    person, said = witness(office), {"reason": "no_identifiable_victim", "words": "Nobody named"}
    answer = person.fill(f"/referrals/{reference}/no-victim", **said)
    assert answer.headers["location"] == f"/witness-care/{reference}?done=proposed"
    assert "Take it back" in person.get(f"/witness-care/{reference}").text
    path = f"/witness-care/{reference}/no-victim/take-back"
    form = person.hidden(path)
    assert [person.post(path, form).status_code for _ in range(2)] == [303, 303]
    assert "there is nobody to refer" not in office.person(Role.MANAGER).get("/tasks").text
    page = plain(person.get(f"/witness-care/{reference}").text)
    assert "There is no victim to refer" in page
    assert "No longer needed" in plain(person.get("/what-we-sent?show=proposals").text)
    assert person.post(path, person.hidden("/") | {"form_token": "t" * 24}).status_code == 409


def unit_task(office: Office) -> str:
    page = office.person(Role.MANAGER).get("/tasks").text
    return str(re.findall(r'href="/tasks/(VCS-[0-9A-Z-]+)">Answer witness care', page)[0])


def answer_unit(office: Office, decision: str, words: str) -> None:
    """Let the unit's manager answer the one message that waits."""
    task = unit_task(office)
    answer = office.person(Role.MANAGER).fill(f"/tasks/{task}", answer=decision, words=words)
    assert answer.status_code == 303, plain(answer.text)
