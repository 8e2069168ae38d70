"""The form of /check: nothing is chosen for anybody, and what is not known is never a no."""

from __future__ import annotations

import re

import pytest

from tests.api.office import Office

ANSWERED = (
    "code=OF61131&finding=convicted&sentence=imprisonment&others=no&sentenced=20/3/2026"
    "&age=adult&notification=no"
)


def test_nothing_is_chosen_on_a_fresh_form(shared_office: Office) -> None:
    page = shared_office.client.get("/check").text

    assert " checked" not in page
    assert re.findall(r'<option value="([^"]*)" selected', page) == []
    assert "There is a problem" not in page


def test_a_blank_form_says_at_each_field_and_in_the_summary_what_is_missing(
    shared_office: Office,
) -> None:
    page = shared_office.client.get("/check?form=1&code=&sentence=&years=&sentenced=&finding=")
    summary = page.text.partition("There is a problem")[2].partition("</ul>")[0]

    assert page.status_code == 422
    for name in ("finding", "sentence", "length", "others", "sentenced", "age", "notification"):
        link = "years" if name == "length" else name
        assert f'href="#{link}"' in summary
        assert f'id="{link}"' in page.text
        assert f'id="{name}-error"' in page.text


def test_what_was_typed_is_kept_where_something_is_missing(shared_office: Office) -> None:
    page = shared_office.client.get(
        "/check?form=1&code=of61131&years=2&sentenced=31/2/2026&age=young&others=yes&total=1+year"
    ).text

    for kept in ('value="of61131"', 'value="2"', 'value="31/2/2026"', 'value="1 year"'):
        assert kept in page
    assert re.search(r'value="young" checked', page)
    assert "February 2026 has 28 days" in page


@pytest.mark.parametrize("sentence", ["life", "hospital", "community"])
def test_a_sentence_without_a_length_is_not_asked_for_one(
    shared_office: Office, sentence: str
) -> None:
    page = shared_office.client.get(f"/check?form=1&{ANSWERED}&sentence={sentence}&others=")

    assert page.status_code == 200


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("months=6&others=no", "Not eligible"),
        ("months=6&others=yes&other_terms=8+months&runs=consecutive", "Cannot tell"),
        ("months=6&others=yes&other_terms=5+months&runs=consecutive", "Not eligible"),
        ("months=6&others=yes&other_terms=3+months,+3+months&runs=consecutive", "Cannot tell"),
        ("months=6&others=yes&other_terms=8+months&runs=concurrent", "Not eligible"),
        ("months=6&others=yes&other_terms=8+months", "Cannot tell"),
        ("months=6&others=yes&total=14+months", "Cannot tell"),
        ("months=6&others=yes&total=11+months", "Not eligible"),
        ("months=6&others=unknown", "Cannot tell"),
        ("months=12&others=unknown", "Eligible"),
        ("months=6&others=", "Cannot tell"),
        ("length=unknown&others=no", "Cannot tell"),
    ],
)
def test_other_terms_may_come_to_12_months_and_what_is_not_known_is_never_no(
    shared_office: Office, query: str, outcome: str
) -> None:
    page = shared_office.client.get(f"/check?{ANSWERED}&{query}").text

    assert outcome in page.partition('id="answer">')[2].partition("</h2>")[0]


@pytest.mark.parametrize(
    ("code", "recorded", "outcome"),
    [
        ("SX56031", "unknown", "Eligible"),
        ("CA03005", "unknown", "Cannot tell"),
        ("CA03005", "no", "Not eligible"),
        ("CA03005", "yes", "Eligible"),
        ("FA06003", "unknown", "Not eligible"),
    ],
)
def test_notification_that_is_not_known_is_asked_only_where_it_could_arise(
    shared_office: Office, code: str, recorded: str, outcome: str
) -> None:
    query = f"{ANSWERED}&years=2&code={code}&notification={recorded}"
    page = shared_office.client.get(f"/check?{query}").text

    assert outcome in page.partition('id="answer">')[2].partition("</h2>")[0]
    assert "recorded for the person" not in page


def test_an_answer_is_linked_by_an_address_that_holds_the_facts_alone(
    shared_office: Office,
) -> None:
    page = shared_office.client.get(
        f"/check?form=1&{ANSWERED}&years=2&name=Somebody+Secret&dob=1+May+1990"
    )
    (link,) = re.findall(r'href="([^"]*)">Link to this answer', page.text)
    again = shared_office.client.get(link.replace("&amp;", "&"))

    assert "Secret" not in page.text
    assert "1990" not in page.text
    assert "sentenced=2026-03-20" in link
    assert again.status_code == 200
    assert "years=2" in link


def test_the_question_is_put_back_in_plain_words_with_all_that_the_answer_rests_on(
    shared_office: Office,
) -> None:
    page = shared_office.client.get(f"/check?{ANSWERED}&years=2&age=").text

    assert "On Friday 20 March 2026 a court passed this sentence on an offender for Wound" in page
    assert "(OF61131): Prison (21 or over), 2 years." in page
    assert "Not answered, so taken as not known" in page
