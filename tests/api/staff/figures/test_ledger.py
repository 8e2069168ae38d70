"""The ledger at the door: pages, JSON, and the forms that settle a referral nobody is in yet."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.api.office import LONDON_COURT, Office, sentencing
from vcs.terms import Role


def test_the_page_closes_and_leads_down_to_the_rows(office: Office) -> None:
    reference = office.referral()
    manager = office.person(Role.MANAGER)
    page = manager.get("/ledger").text
    assert "has not been proved yet" in page
    found = re.search(r'href="(/ledger/rows\?state=awaited[^"]*)"', page)
    assert found
    rows = manager.get(found[1].replace("&amp;", "&")).text
    assert f"/referrals/{reference}" in rows
    for secret in ("Colin", "13EX"):
        assert secret not in rows


def test_the_json_says_what_the_page_says(office: Office) -> None:
    reference = office.referral()
    office.tell(sentencing(office.clock.today(), court=LONDON_COURT, urn="01EX0000126"))
    administrator, manager = office.person(Role.ADMINISTRATOR), office.person(Role.MANAGER)
    told = administrator.get("/ledger.json?by=court").json()
    assert told["closes"] is True
    assert told["sentences"] == sum(told["states"].values()) == 2
    assert told["messages"]["received"] == told["messages"]["read"] == 2
    assert {line["sentences"] for line in told["lines"]} == {1}
    assert manager.get("/ledger.json").json()["sentences"] == 1
    rows = manager.get("/ledger/rows.json?state=awaited").json()
    assert [row["referral_reference"] for row in rows["rows"]] == [reference]
    assert rows["total"] == 1


def test_a_list_is_bounded_and_odd_questions_are_refused(office: Office) -> None:
    administrator = office.person(Role.ADMINISTRATOR)
    for query in (
        "size=101",
        "size=0",
        "page=0",
        "by=name",
        "week=9999-12-31",
        "state=lost",
        "court=%00",
    ):
        assert administrator.get(f"/ledger.json?{query}").status_code == 422, query
    assert administrator.get("/ledger?court=none&week=2026-03-20").status_code == 200


def test_tracing_is_recorded_and_still_counts(office: Office) -> None:
    reference = office.referral()
    officer = office.person(Role.WITNESS_CARE)
    wrong = officer.fill(f"/referrals/{reference}/trace")
    assert wrong.status_code == 422
    assert "Enter the day of the next look" in wrong.text
    soon = office.clock.today() + timedelta(days=1)
    answer = officer.fill(
        f"/referrals/{reference}/trace",
        **{
            "look_again_on-day": str(soon.day),
            "look_again_on-month": str(soon.month),
            "look_again_on-year": str(soon.year),
        },
    )
    assert answer.status_code == 303
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    assert "details are being traced, recorded on" in page
    told = office.person(Role.MANAGER).get("/ledger.json").json()
    assert (told["states"]["traced"], told["unaccounted"]) == (1, 1)


def test_a_refusal_is_kept_with_its_evidence_and_settles_nothing_alone(office: Office) -> None:
    reference = office.referral()
    officer, today = office.person(Role.WITNESS_CARE), office.clock.today()
    wrong = officer.fill(f"/referrals/{reference}/refused", how="by phone")
    assert wrong.status_code == 422
    for message in ("Enter the day on which", "Enter who told you", "Enter what the victim said"):
        assert message in wrong.text
    answer = officer.fill(
        f"/referrals/{reference}/refused",
        **{
            "refused_on-day": str(today.day),
            "refused_on-month": str(today.month),
            "refused_on-year": str(today.year),
        },
        how="by phone",
        told_by="Officer in the case",
        words="No thank you",
    )
    assert answer.status_code == 303
    page = officer.get(f"/referrals/{reference}").text
    assert "No thank you" in page
    assert "/refused" not in page
    told = office.person(Role.MANAGER).get("/ledger.json").json()
    # Until the unit confirms it, the sentence is not accounted for.
    assert (told["states"]["refused"], told["unaccounted"]) == (0, 1)


def test_health_names_a_ledger_that_is_not_proved(office: Office) -> None:
    answer = office.client.get("/readyz").json()
    assert "The ledger has never been proved." in answer["warnings"]
    assert "vcs_ledger_proof_age_seconds -1.0" in office.client.get("/metrics").text
    _sweep(office)
    warnings = office.client.get("/readyz").json()["warnings"]
    assert not any("ledger" in words for words in warnings)
    office.clock.minutes(36 * 60 + 1)
    warnings = office.client.get("/readyz").json()["warnings"]
    assert "The ledger has not been proved for more than 36 hours." in warnings


def test_a_ledger_that_does_not_close_is_named_everywhere(office: Office) -> None:
    from sqlalchemy import text

    office.referral()
    door = office.app.state.door
    with door.db.engine.begin() as connection:
        connection.execute(text("DELETE FROM deadline"))
    _sweep(office)
    warnings = office.client.get("/readyz").json()["warnings"]
    assert "The ledger did not close when it was last proved." in warnings
    assert "vcs_ledger_closes 0.0" in office.client.get("/metrics").text
    page = office.person(Role.ADMINISTRATOR).get("/ledger").text
    assert "Referrals that wait without a deadline" in page


def _sweep(office: Office) -> None:
    from scheduler.jobs import Sweep
    from scheduler.runs import sweep_all

    door = office.app.state.door
    sweep_all(Sweep(office.settings, door.db, door.sealer, office.clock.now))
