"""The gallery shows every letter and makes each sample; the old wording is a list."""

from __future__ import annotations

from letters import versions
from letters.catalogue import template_version
from tests.api.office import Office
from tests.api.staff.letters.test_letters import approve, drafted, letters
from vcs.post.catalogue import CATALOGUE
from vcs.post.records import LetterRecord
from vcs.terms import Language, Role


def test_the_words_of_every_letter_are_recorded_with_the_day_they_changed() -> None:
    assert versions.not_recorded() == [], "run: python -m letters.versions"


def test_every_letter_is_in_the_gallery_with_its_purpose_trigger_and_owner(office: Office) -> None:
    page = office.person(Role.VLO).get("/letters/gallery").text
    for row in CATALOGUE:
        assert f'id="{row.kind}"' in page
        assert row.trigger in page.replace("&#39;", "'")
        assert row.owner in page
    assert "/letters/gallery/recall/cy-en/easy-read" in page
    assert "/letters/gallery/offender-manager/en/easy-read" not in page


def test_a_sample_opens_and_one_that_there_is_none_of_is_not_found(office: Office) -> None:
    officer = office.person(Role.VLO)
    made = officer.get("/letters/gallery/recall/cy-en/large-print")
    assert made.content.startswith(b"%PDF-")
    text = officer.get("/letters/gallery/recall/en/text")
    assert text.headers["content-type"].startswith("text/plain")
    assert "Victim Support" in text.text
    for path in ("recall/fr/standard", "recall/en/braille", "card/en/standard"):
        assert officer.get(f"/letters/gallery/{path}").status_code == 404
    assert officer.get("/letters/gallery/offender-manager/en/easy-read").status_code == 404


def test_a_letter_on_the_old_wording_is_listed_until_the_words_are_todays(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    reference = at.rpartition("/")[2]
    assert "There are none." in officer.get("/letters/old-wording").text
    with office.app.state.door.db.writing() as session:
        letter = session.get_one(LetterRecord, letters(office)[0].id)
        assert letter.template_version == template_version("initial-contact", Language.ENGLISH)
        letter.template_version = "initial-contact-en-standard-000000000000"
        session.add(letter)
    page = officer.get("/letters/old-wording").text
    assert reference in page
    assert "initial-contact-en-standard-000000000000" in page
