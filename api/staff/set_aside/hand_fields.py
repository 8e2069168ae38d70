"""The form of what a person read in a message: one offender, and any number of offences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from api.public.questions import FINDINGS, RUNS, SENTENCES
from api.staff.fields import Entry, Field
from vcs.intake import regions
from vcs.intake.by_hand.entry import MOST_OFFENCES, HandOffence, HandReading, HandSentence
from vcs.intake.by_hand.places import address_of, is_number_or_mailbox
from vcs.intake.durations import lengths
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Sequence

COUNT = "offences"

"""The hidden field that says how many offences the form asks about."""

_NOT_LISTED = "-"

_LENGTH = "Enter a length such as 18 months or 2 years 6 months, or leave it empty"

_RECORDED = {"yes": "Yes", "no": "No", "unknown": "The message does not say"}

_LONGEST_PLACES = 2000

_PLACES = ("offender_places", "others_places", "reached_by")

_ABOUT = (
    Field(
        "court",
        "Court",
        "select",
        hint="It decides which probation region answers",
        required="Select the court, or ‘Not in this list’",
        options={one.code: one.name for one in sorted(regions.courts(), key=lambda one: one.name)}
        | {_NOT_LISTED: "Not in this list"},
    ),
    Field("sentenced_on", "Day of sentence", "date", required="Enter the day of sentence"),
    Field(
        "case_reference",
        "Case reference",
        hint="The URN, or the court's own reference",
        required="Enter the case reference",
        longest=40,
        width="govuk-input--width-20",
    ),
    Field(
        "offender_name",
        "Offender’s full name",
        hint="One person. For another person in the same message, enter the message again",
        required="Enter the offender’s full name",
    ),
    Field("date_of_birth", "Offender’s date of birth", "date"),
    Field("asn", "Arrest summons number", longest=30, width="govuk-input--width-20"),
    Field("pnc", "PNC number", longest=20, width="govuk-input--width-10"),
    Field(
        "gives_places",
        "Does the message give an address, a telephone number or an email address?",
        "radios",
        hint="Of the offender, of others in the case, or of who came with them. Many victims live "
        "where the court last knew the offender: no letter goes there unseen",
        required="Select whether the message gives any. Ask the court if you cannot see it",
        options={"yes": "Yes", "no": "No, the court gives none"},
    ),
    Field(
        "offender_places",
        "Offender’s addresses",
        "lines",
        hint="The newest first, each on a line of its own with its postcode last. For example, "
        "14 Pretend Road, Leeds, LS1 9ZA",
        longest=_LONGEST_PLACES,
        needed="the message gives any",
    ),
    Field(
        "others_places",
        "Addresses of others in the case, and of who came with the offender",
        "lines",
        hint="Each on a line of its own with its postcode last",
        longest=_LONGEST_PLACES,
        needed="the message gives any",
    ),
    Field(
        "reached_by",
        "Telephone numbers and email addresses of any of them",
        "lines",
        hint="Each on a line of its own",
        longest=_LONGEST_PLACES,
        needed="the message gives any",
    ),
)


_OFFENCE = (
    Field(
        "code",
        "Offence code",
        hint="The CJS code, for example OF61102. Leave it empty where the message gives none",
        longest=12,
        width="govuk-input--width-10",
    ),
    Field("title", "Offence, in the words of the message"),
    Field("committed_on", "Last day on which it was committed", "date"),
    Field(
        "finding",
        "What did the court find?",
        "select",
        required="Select what the court found for {which}, or ‘Not known’",
        options={code: words for code, (words, _) in FINDINGS.items()},
    ),
    Field(
        "sentence",
        "What was the sentence?",
        "select",
        required="Select the sentence for {which}, or ‘Not known’",
        options={code: words for code, (words, _) in SENTENCES.items()},
    ),
    Field(
        "length",
        "How long is it?",
        hint="The whole length, with any extension. For example 18 months, or 2 years 6 months",
        longest=80,
        width="govuk-input--width-20",
    ),
    Field(
        "runs",
        "How does it run beside the others?",
        "select",
        options={code: words for code, (words, _) in RUNS.items()},
    ),
    Field(
        "counted",
        "Days on remand or tagged bail that count",
        longest=4,
        width="govuk-input--width-4",
    ),
    Field(
        "released",
        "Does the message say that the offender walks free at once?",
        "radios",
        required="Select whether the offender walks free at once, for {which}",
        options={"no": "No", "yes": "Yes, for time served"},
    ),
    Field(
        "notification",
        "Did the court record sex offender notification?",
        "radios",
        required="Select whether notification was recorded for {which}",
        options=_RECORDED,
    ),
)


def count_of(typed: Mapping[str, object]) -> int:
    """Return how many offences a form asks about: one at least, and never too many."""
    said = str(typed.get(COUNT, ""))
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(MOST_OFFENCES))
    return min(max(int(said), 1), MOST_OFFENCES) if is_number else 1


def fields(count: int) -> tuple[Field, ...]:
    """Return the fields of a form about so many offences."""
    return _ABOUT + tuple(one for number in range(1, count + 1) for one in offence(number))


def about() -> tuple[Field, ...]:
    """Return the fields about the court, the day and the offender."""
    return _ABOUT


def offence(number: int) -> tuple[Field, ...]:
    """Return the fields about one offence."""
    which = f"offence {number}"
    return tuple(
        replace(one, name=f"offence-{number}-{one.name}", required=one.required.format(which=which))
        for one in _OFFENCE
    )


def problems(entry: Entry, count: int) -> dict[str, str]:
    """Return what is wrong with lengths, codes and counts, by field."""
    wrong = dict(_wrong_places(entry))
    for number in range(1, count + 1):
        name = f"offence-{number}"
        length, counted = entry.typed[f"{name}-length"], entry.typed[f"{name}-counted"]
        if length and lengths.of_words(length) is None:
            wrong[f"{name}-length"] = _LENGTH
        if counted and not (counted.isascii() and counted.isdigit()):
            wrong[f"{name}-counted"] = "Enter the days that count as a whole number"
        code = entry.typed[f"{name}-code"]
        if code and not "".join(code.split()).isalnum():
            wrong[f"{name}-code"] = "Enter letters and numbers only, such as OF61102"
        if not code and not entry.typed[f"{name}-title"]:
            wrong[f"{name}-code"] = "Enter the offence code, or the offence in words below"
    return wrong


def _wrong_places(entry: Entry) -> Iterator[tuple[str, str]]:
    typed, is_any = entry.typed, any(entry.typed[name] for name in _PLACES)
    if typed["gives_places"] == "yes" and not is_any:
        yield "offender_places", "Enter what the message gives, or select ‘No’"
    if typed["gives_places"] == "no" and is_any:
        yield "gives_places", "Select ‘Yes’, or leave the addresses and numbers empty"
    if not all(map(is_number_or_mailbox, _each(typed["reached_by"]))):
        yield "reached_by", "Enter one telephone number or email address on each line"


def _each(typed: str) -> Iterator[str]:
    return (line.strip() for line in typed.splitlines() if line.strip())


def _addresses(typed: str) -> tuple[tuple[str, ...], ...]:
    return tuple(filter(None, map(address_of, _each(typed))))


def reading(entry: Entry, receipt: str, now: datetime) -> HandReading:
    """Return what was typed as it is kept. The entry has no errors."""
    typed = entry.typed
    court = typed["court"]
    return HandReading(
        of_receipt=receipt,
        entered_at=now,
        court_code="" if court == _NOT_LISTED else court,
        sentenced_on=entry.day("sentenced_on"),
        case_reference=typed["case_reference"],
        offender_name=typed["offender_name"],
        date_of_birth=entry.day_if_any("date_of_birth"),
        asn=typed["asn"],
        pnc=typed["pnc"],
        offences=tuple(_offence(entry, number) for number in range(1, count_of(typed) + 1)),
        offender_places=_addresses(typed["offender_places"]),
        others_places=_addresses(typed["others_places"]),
        reached_by=tuple(_each(typed["reached_by"])),
    )


def _offence(entry: Entry, number: int) -> HandOffence:
    typed = {one: entry.typed[f"offence-{number}-{one}"] for one in _PARTS}
    committed_on: date | None = entry.day_if_any(f"offence-{number}-committed_on")
    return HandOffence(
        offence_code="".join(typed["code"].split()).upper(),
        title=typed["title"],
        finding=FINDINGS[typed["finding"]][1],
        committed_on=committed_on,
        notification={"yes": True, "no": False}.get(typed["notification"]),
        sentences=_sentences(typed),
    )


_PARTS = (
    *("code", "title", "finding", "sentence", "length"),
    *("runs", "counted", "released", "notification"),
)


def _sentences(typed: Mapping[str, str]) -> tuple[HandSentence, ...]:
    kind = SENTENCES[typed["sentence"]][1]
    imposed = HandSentence(
        kind=kind,
        length=typed["length"],
        runs=RUNS[typed["runs"]][1] if typed["runs"] else Sequence.NOT_STATED,
        days_counted=int(typed["counted"]) if typed["counted"] else None,
        released=typed["released"] == "yes" and kind in IMMEDIATE_CUSTODY,
    )
    if typed["sentence"] == "restricted":
        return imposed, HandSentence(kind=SentenceKind.RESTRICTION_ORDER)
    return (imposed,)
