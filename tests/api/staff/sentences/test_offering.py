"""A manager finds a sentence that was not referred, and offers contact at discretion."""

from __future__ import annotations

import re

from tests.api.office import Office, sentencing
from vcs.terms import Role

OFFERED = {
    "asked_by": "by_victim",
    "why": "She rang the unit on 23 March and asked to be told of his release.",
    "is_checked": "yes",
}


def sentence(office: Office) -> str:
    """Have a court tell of six months; return the address of the sentence, as a manager finds it.

    The way there is the ledger, and the case reference.
    """
    office.tell(sentencing(office.clock.today(), term="6 Months"))
    manager = office.person(Role.MANAGER)
    by_ledger = re.search(r'"(/sentences/VCS-[^"]+)"', manager.get("/ledger/rows").text)
    by_case = re.search(
        r'"(/sentences/VCS-[^"]+)"', manager.fill("/sentences", case="13/EX/1/26").text
    )
    assert by_ledger
    assert by_case
    assert by_ledger[1] == by_case[1]
    return by_ledger[1]


def test_a_manager_finds_a_sentence_and_offers_contact_once(office: Office) -> None:
    address, manager = sentence(office), office.person(Role.MANAGER)
    page = manager.get(address).text
    assert f'href="{address}/offer"' in page
    assert "you may offer it at discretion" in page

    hidden = manager.hidden(f"{address}/offer")
    first = manager.post(f"{address}/offer", hidden | OFFERED)
    again = manager.post(f"{address}/offer", hidden | OFFERED)

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    referral = manager.get(first.headers["location"]).text
    assert "Contact is offered at discretion, and a referral is open" in referral
    assert "Offered at discretion" in referral
    assert "Contact offered at discretion, because somebody asked" in referral
    assert "A victim, or somebody who acts for one" in referral


def test_a_sentence_with_a_referral_offers_none(office: Office) -> None:
    address, manager = sentence(office), office.person(Role.MANAGER)
    manager.fill(f"{address}/offer", **OFFERED)

    page = manager.get(address).text
    refused = manager.get(f"{address}/offer")

    assert "/offer" not in page
    assert "This sentence was referred" in page
    assert OFFERED["why"] in page
    assert refused.status_code == 409
    assert "has a referral already" in refused.text


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(office: Office) -> None:
    address, manager = sentence(office), office.person(Role.MANAGER)

    wrong = manager.fill(f"{address}/offer", why="The police asked.")

    assert wrong.status_code == 422
    for message in ("Select who asked", "Check that this is the sentence"):
        assert wrong.text.count(message) == 2
    assert "The police asked." in wrong.text
    assert "Colin Madeup" in wrong.text


def test_a_case_that_is_not_held_says_so_and_stands_in_no_address(office: Office) -> None:
    manager = office.person(Role.MANAGER)

    answer = manager.fill("/sentences", case="99EX0000126")

    assert answer.status_code == 200
    assert "No sentence of this case is held for your region" in answer.text
    assert "Enter the case reference" in manager.fill("/sentences", case=" ").text


def test_an_administrator_sees_the_row_and_no_way_to_the_sentence(office: Office) -> None:
    sentence(office)

    assert "/sentences/" not in office.person(Role.ADMINISTRATOR).get("/ledger/rows").text
