"""The what-if checker and the printed rules: no sign-in, nothing stored, nothing echoed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from markupsafe import escape

from api.public.lawbook import lawbook
from api.public.questions import SENTENCES
from tests.api.office import Office
from vcs.terms import SentenceKind

ASSAULT = {
    "sentenced_on": "2026-03-20",
    "offences": [
        {
            "offence_code": "OF61102",
            "sentences": [{"kind": "imprisonment", "length": "12 months"}],
        }
    ],
}


def asked(office: Office, body: Any) -> Any:
    """Ask the checker as a program would."""
    return office.client.post("/eligibility/check", json=body)


def test_a_program_is_told_the_outcome_the_reasons_and_the_deadline(shared_office: Office) -> None:
    answer = asked(shared_office, ASSAULT).json()

    assert answer["outcome"] == "statutory"
    assert answer["route"] == "section-35"
    assert answer["deadlines"][0]["due_on"] == "2026-04-07"
    assert answer["deadlines"][0]["provisional"] is False
    assert answer["offences"][0]["reasons"][0]["provision"] == "DVCVA 2004 s.35(1)"
    assert answer["in_plain_words"]["cy"].startswith("Mae gan y dioddefwr")


def test_a_date_past_the_official_bank_holidays_is_told_as_provisional(
    shared_office: Office,
) -> None:
    late = asked(shared_office, ASSAULT | {"sentenced_on": "2028-12-20"}).json()

    assert late["deadlines"][0]["provisional"] is True


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sentenced_on": "2026-03-20", "offences": []},
        ASSAULT | {"sentenced_on": "9999-12-31"},
        ASSAULT | {"sentenced_on": 86400},
        ASSAULT | {"name": "Somebody Secret"},
        ASSAULT | {"rule_set": "no such kind"},
        ASSAULT | {"Somebody Secret": 1},
        ASSAULT | {"transfer": {"hospital": "Somebody Secret"}},
        ASSAULT | {"transfer": {"Secret Hospital": True}},
        ASSAULT | {"offences": [{"offence_code": "<script>"}]},
        ASSAULT | {"offences": [{"sentences": [{"kind": "imprisonment", "length": "a while"}]}]},
        ASSAULT | {"offences": [{"sentences": [{"kind": "no such kind"}]}]},
        [],
        "text",
    ],
    ids=repr,
)
def test_what_cannot_be_asked_is_refused_by_field_and_never_repeated(
    shared_office: Office, body: Any
) -> None:
    answer = asked(shared_office, body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert not any(word in answer.text for word in ("Secret", "script", "a while", "no such kind"))


@pytest.mark.parametrize(
    ("more", "outcome", "route"),
    [
        ({"transfer": {"given_on": "2026-05-01", "restricted": True}}, "statutory", "transfer-res"),
        ({"transfer": {"restricted": False}}, "statutory", "transfer-unrestricted"),
        ({"transfer": {}}, "statutory", "section-35"),
        (
            {"transfer": {"restricted": True}, "restrictions_ended_on": "2026-05-01"},
            "statutory",
            "handed-over-to-hospital",
        ),
        ({"outside_court": True}, "cannot_tell", ""),
        ({"died": True}, "cannot_tell", ""),
        ({"rule_set": "victims-and-courts-act-2026"}, "statutory", "section-35"),
    ],
    ids=str,
)
def test_a_program_may_ask_about_what_no_court_feed_tells(
    shared_office: Office, more: Any, outcome: str, route: str
) -> None:
    answer = asked(shared_office, ASSAULT | more).json()

    assert answer["outcome"] == outcome
    assert (answer["route"] or "").startswith(route)


@pytest.mark.parametrize("code", ["of61102", " OF61102 ", "OF 61102", "\tOf61102\n"])
def test_a_code_is_taken_as_people_paste_it(shared_office: Office, code: str) -> None:
    sentences = [{"kind": "imprisonment", "length": "12 months"}]
    asked_for = {"offence_code": code, "sentences": sentences}

    answer = asked(shared_office, ASSAULT | {"offences": [asked_for]}).json()

    assert answer["outcome"] == "statutory"
    assert answer["offences"][0]["offence_code"] == "OF61102"


@pytest.mark.parametrize(
    ("more", "outcome"),
    [({}, "cannot_tell"), ({"sentences": None}, "cannot_tell"), ({"sentences": []}, "cannot_tell")],
    ids=str,
)
def test_a_sentence_that_is_left_out_is_not_known_and_never_no(
    shared_office: Office, more: Any, outcome: str
) -> None:
    left_out = {"offence_code": "OF61102"} | more

    answer = asked(shared_office, ASSAULT | {"offences": [left_out]}).json()

    assert answer["outcome"] == outcome


def test_nothing_imposed_for_one_of_several_offences_is_no_for_that_one(
    shared_office: Office,
) -> None:
    (sentenced,) = ASSAULT["offences"]
    beside = {"offence_code": "OF61131", "sentences": []}

    answer = asked(shared_office, ASSAULT | {"offences": [sentenced, beside]}).json()

    assert [one["outcome"] for one in answer["offences"]] == ["statutory", "not_eligible"]


def test_time_served_is_urgent_and_every_no_says_what_would_change_it(
    shared_office: Office,
) -> None:
    served = {"kind": "imprisonment", "length": "12 months", "days_counted": 365}
    short = {"kind": "imprisonment", "length": "11 months"}
    offence = {"offence_code": "OF61102", "change": "varied on appeal"}

    soon = asked(shared_office, ASSAULT | {"offences": [offence | {"sentences": [served]}]}).json()
    no = asked(shared_office, ASSAULT | {"offences": [offence | {"sentences": [short]}]}).json()

    assert soon["urgent"].startswith("Urgent: 365 days on remand")
    assert no["urgent"] is None
    (length,) = [r for r in no["offences"][0]["reasons"] if r["condition"] == "twelve-months"]
    assert length["would_change"] == "a term of 12 months or more"


def test_the_page_asks_about_every_kind_of_sentence_there_is() -> None:
    assert {kind for _, kind in SENTENCES.values()} == set(SentenceKind)


@pytest.mark.parametrize(
    ("query", "answer", "says"),
    [
        ("sentence=imprisonment&years=1", "Eligible", "section 35"),
        ("sentence=imprisonment&weeks=52", "Not eligible", "The term is 52 weeks"),
        ("sentence=yoi&years=2&age=young", "Eligible", "read with practice"),
        ("sentence=extended&years=4&age=young", "Eligible", "read with practice"),
        ("sentence=detention&years=2&age=child", "Eligible", "section 35"),
        ("sentence=dto&months=4&age=child", "Not eligible", "The youth offending team"),
        ("sentence=community&age=child", "Not eligible", "The youth offending team"),
        ("sentence=concern&years=2", "Eligible", "particular concern"),
        ("sentence=terrorism&years=14", "Eligible", "serious terrorism"),
        ("sentence=life", "Eligible", "no fixed term"),
        ("sentence=pleasure&age=child", "Eligible", "no fixed term"),
        ("sentence=protection&sentenced=2008-03-20", "Eligible", "no fixed term"),
        ("sentence=unclear&years=2", "Cannot tell", "kind of custody is not clear"),
        ("sentence=suspended&years=3", "Not eligible", "suspended sentence"),
        ("sentence=varied&years=2", "Not eligible", "suspended sentence varied"),
        ("sentence=activated&years=1", "Eligible", "suspended sentence activated"),
        ("sentence=hospital", "Eligible", "without restrictions"),
        ("sentence=restricted", "Eligible", "with restrictions"),
        ("sentence=restricted&finding=insanity", "Eligible", "by reason of insanity"),
        ("sentence=hospital&finding=unfit", "Eligible", "unfit to plead"),
        ("sentence=restriction", "Cannot tell", "holds no hospital order"),
        ("sentence=directions&years=5", "Eligible", "section 39"),
        ("sentence=directions&months=11", "Not eligible", "The term is 11 months"),
        ("sentence=restricted&ended_on=2026-05-01", "Eligible", "38B"),
        ("sentence=interim", "Not eligible", "wait for the final disposal"),
        ("sentence=remand", "Not eligible", "wait for the final disposal"),
        ("sentence=guardianship", "Not eligible", "is not a hospital order"),
        ("sentence=supervision&finding=unfit", "Not eligible", "is not a hospital order"),
        ("sentence=discharge&finding=insanity", "Not eligible", "discharged the person"),
        ("sentence=default&months=14", "Not eligible", "for contempt"),
        ("sentence=community", "Not eligible", "non-custodial"),
        ("sentence=unknown", "Cannot tell", "not in the table of results"),
        ("sentence=imprisonment&years=4&moved=restricted", "Eligible", "section 42"),
        ("sentence=imprisonment&years=4&moved=unrestricted", "Eligible", "section 42A"),
        ("sentence=imprisonment&years=4&moved=unknown", "Eligible", "section 35"),
        ("sentence=imprisonment&years=4&finding=quashed", "Not eligible", "conviction quashed"),
        ("sentence=imprisonment&years=4&court=other", "Cannot tell", "Court Martial"),
        ("sentence=imprisonment&years=4&died=yes", "Cannot tell", "has died"),
        ("sentence=imprisonment&years=1&counted=300", "Eligible", "Urgent: 300 days"),
        ("sentence=imprisonment&years=1&released=yes", "Eligible", "Urgent: the court"),
        ("sentence=imprisonment&months=11&change=appeal", "Not eligible", "varied on appeal"),
        ("sentence=imprisonment&months=4&abuse=yes", "may be offered", "domestic abuse"),
        (
            "sentence=imprisonment&months=4&rules=victims-and-courts-act-2026",
            "may be offered",
            "Part 3",
        ),
    ],
)
def test_the_page_answers_every_row_of_the_table_of_routes(
    shared_office: Office, query: str, answer: str, says: str
) -> None:
    said = "code=OF61131&sentenced=2026-03-20&finding=convicted&others=no&notification=no"
    page = shared_office.client.get(f"/check?{said}&{query}")
    card = page.text.partition('id="answer">')[2].partition("</section>")[0]

    assert page.status_code == 200
    assert answer in card.partition("</h2>")[0]
    assert says.lower() in card.lower()


def test_the_card_speaks_in_three_voices(shared_office: Office) -> None:
    page = shared_office.client.get(
        "/check?code=PU86003&sentence=yoi&years=2&age=young&sentenced=2026-03-20"
    )

    assert "A relevant sentence is imprisonment for 12 months or more" in page.text
    assert "The term is 2 years." in page.text
    assert "The sentence for this offence is 12 months or more." in page.text
    assert "Unconfirmed: a lawyer must look." in page.text
    assert "Would change it: whether a person was hurt who can be named." in page.text


def test_a_body_that_is_not_json_is_refused(shared_office: Office) -> None:
    assert shared_office.client.post("/eligibility/check", content=b"{").status_code == 422


def test_the_page_answers_what_stands_in_its_address(shared_office: Office) -> None:
    page = shared_office.client.get(
        "/check?code=of61102&sentence=imprisonment&years=1&sentenced=2026-03-20"
    )

    assert page.status_code == 200
    assert "The victim has a right to join" in page.text
    assert "Mae gan y dioddefwr hawl" in page.text
    assert "7 April 2026" in page.text


def test_the_page_finds_an_offence_by_words_that_are_misspelt(shared_office: Office) -> None:
    page = shared_office.client.get("/check?words=wunding+with+intent")

    assert "OF61016" in page.text
    assert "“wunding”: shown for “wounding”" in page.text


def test_what_was_typed_is_kept_while_an_offence_is_looked_for(shared_office: Office) -> None:
    page = shared_office.client.get("/check?sentence=life&words=robbery&age=adult").text

    assert '<input type="hidden" name="sentence" value="life">' in page
    assert "/check?sentence=life&amp;age=adult&amp;code=TH68023" in page
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("sentence=imprisonment&months=many", "Enter the months as a whole number"),
        ("sentence=nothing", "Select what the sentence was"),
        ("sentence=", "Select what the sentence was"),
        ("sentence=life", "Enter the date of the sentence, for example 20/3/2026"),
        ("sentence=life&sentenced=20/3/2026&committed=21/3/2026", "on or before that of the"),
        ("sentence=life&code=wounding", "or find it by its words"),
        ("sentence=imprisonment&others=yes", "Enter how long the other terms are, or the total"),
        ("sentence=imprisonment&others=yes&other_terms=long", "Enter each length, such as"),
        ("sentence=imprisonment&others=yes&total=long", "Enter the total as a length"),
        ("sentence=life&finding=guilty", "Select what the court found"),
        ("sentence=life&rules=mine", "Select one of the answers"),
        ("sentence=imprisonment&counted=x", "Enter the days that count as a whole number"),
        ("sentence=imprisonment&moved_on=soon", "Enter a day, a month and a year, for example"),
        ("sentence=imprisonment&sentenced=lately", "Enter a day, a month and a year"),
        ("sentence=imprisonment&sentenced=9999-01-01", "Enter a date between 1900 and 2039"),
        ("sentence=imprisonment&code=%3Cb%3E", "Enter an offence code of letters and numbers"),
    ],
)
def test_the_page_says_what_is_wrong(shared_office: Office, query: str, message: str) -> None:
    page = shared_office.client.get(f"/check?{query}")

    assert page.status_code == 422
    assert message in page.text
    assert "<b>" not in page.text


def test_the_rules_of_a_day_are_printed_with_every_provision(shared_office: Office) -> None:
    today = shared_office.client.get("/rules").text
    before = shared_office.client.get("/rules?on=2015-01-01").text

    assert "Victims&#39; Code 2020 Right 11" in today
    assert "Victims&#39; Code 2020 Right 11" not in before
    assert "Victims&#39; Code 2015" in before
    assert "Not yet commenced" in shared_office.client.get("/rules?on=2026-11-27").text
    assert "Not yet commenced" not in before
    assert "In force from 1 April 2021" in today


def test_the_page_has_the_numbers_of_the_printed_text_and_a_link_to_each_section(
    shared_office: Office,
) -> None:
    page = shared_office.client.get("/rules?on=2026-03-20").text
    results = shared_office.client.get("/rules/results?on=2026-03-20").text
    pages = [
        shared_office.client.get(f"/rules/offences?group={n}&on=2026-03-20").text
        for n in range(1, 1 + _GROUPS)
    ]

    for one in lawbook(date(2026, 3, 20)).contents:  # Friday
        title = str(escape(f"{one.number} {one.title}"))
        assert any(f"{title}</h" in text for text in (page, results, *pages)), title
        assert f"#{one.anchor}" in page
    assert "1002 Imprisonment" in results
    assert "/rules/results?on=2026-03-20#section-6.2" in page
    assert shared_office.client.get("/rules/results?on=soon").status_code == 404


def test_the_page_tells_what_changed_since_an_earlier_day(shared_office: Office) -> None:
    page = shared_office.client.get("/rules?on=2024-02-01&since=2020-11-30")
    unasked = shared_office.client.get("/rules?on=2024-02-01").text

    assert page.status_code == 200
    assert "It was: 20 working days from the day of sentence" in page.text
    assert "It was: 20 working days from the day of sentence" not in unasked


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("soon", "Enter a date in the form"),
        ("2024-02-01", "Enter a day before 2024-02-01"),
        ("1999-01-01", "Enter a date between"),
    ],
)
def test_an_earlier_day_that_is_none_is_refused(
    shared_office: Office, since: str, said: str
) -> None:
    page = shared_office.client.get(f"/rules?on=2024-02-01&since={since}")

    assert page.status_code == 422
    assert said in page.text
    assert 'href="#since"' in page.text


_GROUPS = 14


def test_the_offences_are_printed_group_by_group_with_paragraph_dates_question_and_doubt(
    shared_office: Office,
) -> None:
    pages = [shared_office.client.get(f"/rules/offences?group={n}") for n in range(1, 1 + _GROUPS)]
    page = " ".join(" ".join(one.text for one in pages).split())

    assert {one.status_code for one in pages} == {200}
    assert "/rules/offences" in shared_office.client.get("/rules").text
    for said in (
        "<li>COML025 Murder - victim one year of age or older",
        "Paragraph 4(d). Offences against the Person Act 1861 s.20: malicious wounding",
        "On this list for convictions from 29 June 2021, without an end.",
        "An offence only since 7 June 2022.",
        "Did an accident caused by the driving kill anyone?",
        "Controlling or coercive behaviour (Serious Crime Act 2015 s.76) is not in Schedule 18.",
        "Confidence: medium.",
    ):
        assert said in page


def test_the_offences_of_another_day_are_those_that_were_listed_on_it(
    shared_office: Office,
) -> None:
    page = shared_office.client.get("/rules/offences?group=2&on=2016-05-10").text  # Tuesday
    linked = shared_office.client.get("/rules?on=2016-05-10").text

    assert "Part 1 (violent) of Schedule 15 of 2003" in page
    assert "Paragraph 59A. Terrorism Act 2000 s.54" in page
    assert "Serious Crime Act 2015 s.75A" not in page
    assert "/rules/offences?group=2&amp;on=2016-05-10" in linked
    assert shared_office.client.get("/rules/offences?group=2&on=soon").status_code == 404


@pytest.mark.parametrize("group", ["0", "16", "x", "-1"])
def test_a_group_of_offences_that_there_is_not_is_not_found(
    shared_office: Office, group: str
) -> None:
    assert shared_office.client.get(f"/rules/offences?group={group}").status_code == 404


@pytest.mark.parametrize("on", ["nonsense", "1999-01-01", "2041-01-01"])
def test_a_day_that_the_rules_do_not_cover_is_refused(shared_office: Office, on: str) -> None:
    page = shared_office.client.get(f"/rules?on={on}")

    assert page.status_code == 422
    assert "Enter a date" in page.text
