"""The logs: one event a line, found again by the request's id, and nobody named."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from scheduler.jobs import Sweep
from scheduler.runs import sweep_all
from tests.api.office import NAMES, VICTIM, Office, email_of, sentencing
from tests.services.logs import LogLines
from vcs import logs
from vcs.terms import Role

MADE = re.compile(r"[0-9a-f]{32}")

SECRET = "Nia Example"


def asked(office: Office, request_id: str, path: str = "/livez") -> str:
    answer = office.client.get(path, headers={"X-Request-ID": request_id})
    assert answer.headers["x-request-id"] == answer.headers["x-correlation-id"]
    return str(answer.headers["x-request-id"])


@pytest.mark.parametrize(
    "given", ["abc", "7f3c2a10-9b7e-4b1e-8f6a-2d4a5c6b7d8e", "a.b_C", "x" * 64]
)
@pytest.mark.parametrize("path", ["/livez", "/nothing", "/court-feeds/receipts/x", "/static/none"])
def test_the_callers_id_comes_back_and_is_in_the_log(
    shared_office: Office, log_lines: LogLines, given: str, path: str
) -> None:
    assert asked(shared_office, given, path) == given
    assert {one["request_id"] for one in log_lines.named("request.answered")} <= {given}


@pytest.mark.parametrize("given", ["", " ", "x" * 65, "a b", "<b>", 'a"b', "a;b", "a\tb", "Zoë"])
def test_an_id_that_is_no_plain_token_is_replaced(shared_office: Office, given: str) -> None:
    answer = shared_office.client.get("/livez", headers={b"X-Request-ID": given.encode()})
    assert MADE.fullmatch(answer.headers["x-request-id"])


def test_two_requests_have_two_ids(shared_office: Office) -> None:
    ids = {shared_office.client.get("/livez").headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5


def test_the_courts_straight_way_has_its_line_with_the_receipt(
    office: Office, log_lines: LogLines
) -> None:
    answer = office.send(sentencing(office.clock.today()), **{"X-Request-ID": "from-court-1"})
    assert answer.headers["x-request-id"] == "from-court-1"
    (line,) = [one for one in log_lines.events if one.get("request_id") == "from-court-1"]
    assert line["event"] == "request.answered"
    assert (line["method"], line["status"]) == ("POST", 202)
    assert line["route"] == "/court-feeds/common-platform"
    assert line["receipt"] == answer.json()["receipt"]
    assert line["ms"] >= 0
    assert line["timestamp"].endswith("Z")
    refused = office.client.post("/court-feeds/common-platform", content=b"{}")
    assert refused.status_code == 401
    assert refused.headers["x-request-id"]
    assert log_lines.events[-1]["status"] == 401


def test_a_fault_has_the_id_of_its_request(office: Office, log_lines: LogLines) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Nia Example lives at 1 Made Up Lane")

    office.app.state.door.inbox.submit = broken
    answer = office.send(b"{}", **{"X-Request-ID": "failing-1"})
    assert answer.headers["x-request-id"] == "failing-1"
    found = [one for one in log_lines.events if one.get("request_id") == "failing-1"]
    assert [one["event"] for one in found] == ["request.failed", "request.answered"]
    assert found[1]["status"] == 500


def test_a_referrals_reference_is_in_the_line_and_other_words_of_the_address_are_not(
    office: Office, log_lines: LogLines
) -> None:
    reference = office.referral()
    office.person(Role.MANAGER).get(f"/referrals/{reference}")
    line = log_lines.events[-1]
    assert (line["route"], line["reference"]) == ("/referrals/{reference}", reference)
    for path in ("/referrals/Nia-Example", "/Nia-Example", "/tasks/Nia%20Example?q=Nia"):
        office.person(Role.MANAGER).get(path)
    assert "Nia" not in log_lines.text
    office.client.request("NIAEXAMPLE", "/livez")
    assert log_lines.events[-1]["method"] == "other"


def test_a_whole_journey_names_nobody(office: Office, log_lines: LogLines) -> None:
    reference, victim = office.referral_with_victim()
    officer = office.person(Role.VLO)
    page = f"/referrals/{reference}/victims/{victim}"
    today = office.clock.today()
    on = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    contact = {f"contacted_on-{part}": number for part, number in on.items()}
    shown = officer.fill(f"{page}/address", reason="to prepare a letter")
    assert VICTIM["postcode"] in shown.text
    assert officer.fill(f"{page}/contact", how="by phone", **contact).status_code < 500
    assert officer.fill(f"{page}/letter", language="en").status_code < 500
    office.visitor().fill("/sign-in", email=email_of(Role.VLO), password="wrong password")
    office.send(b'{"defendant": "Colin Madeup"}')
    office.read()
    office.clock.move_to(office.clock.now() + timedelta(days=60))
    door = office.app.state.door
    sweep_all(Sweep(office.settings, door.db, door.sealer, office.clock.now))
    told = log_lines.text
    assert log_lines.named("job.done")
    assert reference in told
    private = [*NAMES.values(), *map(email_of, Role), "Colin", "Madeup", "Wounding", "OF61131"]
    private += [VICTIM[name] for name in ("name", "salutation", "postcode", "phone")]
    private += ["Made Up Lane", "Nia", "wrong password", "13EX0000126", "1990"]
    assert [word for word in private if word.lower() in told.lower()] == []


def test_each_job_says_its_run_its_name_and_its_counts(office: Office, log_lines: LogLines) -> None:
    office.send(b"{}")
    door = office.app.state.door
    sweep_all(Sweep(office.settings, door.db, door.sealer, office.clock.now))
    (read,) = [one for one in log_lines.named("job.done") if one["job"] == "prove-ledger"]
    assert (read["found"], read["done"], read["failed"]) == (1, 1, 0)
    assert re.fullmatch(r"[0-9a-f]{16}", read["run_id"])


def _fail() -> None:
    raise ValueError(SECRET)


def test_an_exception_is_logged_by_type_and_place_and_never_by_its_words(
    log_lines: LogLines,
) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
        logging.getLogger("another.library").exception("failed on %s", SECRET)
    assert SECRET not in log_lines.text
    first, second = log_lines.events
    assert (first["event"], first["error"]) == ("Exception in ASGI application", "ValueError")
    assert (second["event"], second["error"]) == ("library.logged", "ValueError")
    assert re.match(r"test_logs\.py:\d+ _fail < ", first["at"])


def test_of_a_fault_deep_in_a_library_our_own_place_is_said_too(
    shared_office: Office, log_lines: LogLines
) -> None:
    db = shared_office.app.state.door.db
    with pytest.raises(DatabaseError) as caught, db.reading() as session:
        session.execute(text("SELECT 1 FROM nothing_of_this_name"))
    logs.logger("vcs.scheduler").error("job.failed", **logs.fault(caught.value))
    places = log_lines.events[-1]["at"].split(" < ")
    assert any(place.startswith("test_logs.py:") for place in places)
    assert any(place.startswith("default.py:") for place in places)


UNFORESEEN = f"""
import threading, warnings
from vcs import logs
logs.configure()
logs.logger("vcs.request").info("request.answered", status=202, thing={{1}})
warnings.warn("{SECRET}")
thread = threading.Thread(target=lambda: {{}}["{SECRET}"])
thread.start()
thread.join()
raise ValueError("{SECRET}")
"""


def test_a_process_writes_json_alone_whatever_ends_it() -> None:
    ended = subprocess.run([sys.executable, "-c", UNFORESEEN], capture_output=True, text=True)
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert ended.returncode == 1
    assert [one["event"] for one in lines] == [
        "request.answered",
        "library.logged",
        "unforeseen",
        "unforeseen",
    ]
    assert [one.get("error") for one in lines[2:]] == ["KeyError", "ValueError"]
    assert SECRET not in ended.stdout + ended.stderr


def test_of_what_a_library_logs_only_the_place_is_kept(log_lines: LogLines) -> None:
    logging.getLogger("asyncio").error("Task failed: <ValueError('Nia Example')>")
    logging.getLogger("py.warnings").warning("/lib/models.py:7: UserWarning: Nia Example\n  x()")
    first, second = log_lines.events
    assert SECRET not in log_lines.text
    assert (first["event"], first["logger"]) == ("library.logged", "asyncio")
    assert first["at"].startswith("test_logs.py:")
    assert (second["error"], second["at"]) == ("UserWarning", "models.py:7")


def test_a_person_at_a_terminal_reads_words_and_a_collector_json() -> None:
    record = logging.LogRecord("vcs.request", logging.INFO, "", 0, "request.answered", (), None)
    record.fields = {"status": 202}
    assert logs.formatter(for_people=False).format(record).startswith('{"timestamp":"')
    shown = logs.formatter(for_people=True).format(record)
    assert "request.answered" in shown
    assert not shown.startswith("{")
