"""A course on the pages: taken, scored, certified; the frame and the walk in training alone."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from starlette.testclient import TestClient

from api.app import create_app
from api.commands.figures.certificates import _who_confirmed
from tests.api.office import Office
from vcs.lists.certificate.signing import is_signed, keys_in
from vcs.migrations.upgrade import migrate
from vcs.settings import Mode, Settings
from vcs.start.checks import start
from vcs.terms import Role
from vcs.training.courses import QUESTIONS, scenarios
from vcs.training.sit import COUNTS_FOR


def right_of(page: str) -> dict[str, str]:
    """Return what to answer on a page so that it is right."""
    facts = next(one for one in scenarios().values() if f">{escaped(one.facts)}<" in page)
    values = {
        label.strip(): (name, value)
        for name, value, label in re.findall(
            r'name="(answer|reason)" type="radio" value="(\w+)"[^>]*>\s*<label[^>]*>([^<]*)', page
        )
    }
    wanted = (escaped(facts.right), escaped(facts.turns_on))
    return {values[one][0]: values[one][1] for one in wanted}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;")


def test_a_course_is_taken_and_passed_and_only_oneself_sees_it(office: Office) -> None:
    officer = office.person(Role.VLO)
    begun = officer.fill("/training/courses/liaison")
    at = begun.headers["location"].rpartition("/")[0]
    for number in range(1, QUESTIONS + 1):
        page = officer.get(f"{at}/{number}").text
        assert officer.fill(f"{at}/{number}", **right_of(page)).status_code == 303
        assert '<h1 class="govuk-heading-l">Right' in officer.get(f"{at}/{number}").text
    result = officer.get(at).text
    assert "Certificate" in result
    assert "20 of 20 points" in result
    assert office.person(Role.MANAGER).get(at).status_code == 404
    certificate_is_signed(office, at)
    assert "Passed" in officer.get("/training").text
    written = office.person(Role.MANAGER).get("/training/register.csv").text
    assert "withheld" in written
    assert "Violet" not in written


def certificate_is_signed(office: Office, at: str) -> None:
    """Check the certificate of a sitting by the published key alone; only its owner has it."""
    officer, key = office.person(Role.VLO), office.visitor().get("/certificates/keys.pem").text
    assert f'href="{at}/certificate.zip"' in officer.get(at).text
    taken = officer.get(f"{at}/certificate.zip")
    assert taken.content == officer.get(f"{at}/certificate.zip").content
    with ZipFile(BytesIO(taken.content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(held["training-certificate.json"])
    assert (told["name"], told["points"], told["is_training"]) == ("Vera Liaison", 20, False)
    assert told["counts_until"] == (office.clock.today() + COUNTS_FOR).isoformat()
    content, signature = (held[f"training-certificate.json{end}"] for end in ("", ".sig"))
    (published,) = keys_in(key)
    assert is_signed(published, content, signature)
    assert not is_signed(published, content.replace(b'"points":20', b'"points":10'), signature)
    assert held["certificate-key.pem"].decode() == published
    assert _who_confirmed(content).endswith(f"it counts until {told['counts_until']}.")
    assert office.person(Role.MANAGER).get(f"{at}/certificate.zip").status_code == 404


def test_an_empty_answer_is_asked_for_again_and_the_walk_is_not_there(office: Office) -> None:
    officer = office.person(Role.VLO)
    at = officer.fill("/training/courses/liaison").headers["location"]
    assert officer.get(f"{at.rpartition('/')[0]}/certificate.zip").status_code == 404
    refused = officer.fill(at)
    assert refused.status_code == 422
    assert "Select an answer" in refused.text
    assert officer.get("/training/walk").status_code == 404
    assert "app-training" not in officer.get("/training").text
    assert officer.get("/training/courses/none").status_code == 404


def test_every_page_of_training_has_the_frame_and_nothing_comes_in(tmp_path: Path) -> None:
    given = Settings(data_dir=tmp_path / "training", mode=Mode.TRAINING)
    migrate(given)
    started = start(given.again())
    app = create_app(started.settings, started=started)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        for path in ("/sign-in", "/check", "/none"):
            page = client.get(path).text
            assert 'class="govuk-template__body app-training"' in page
            assert "Everybody here is made up" in page
        asked = client.post("/oauth2/token", data={"grant_type": "client_credentials"})
        assert asked.status_code == 403
