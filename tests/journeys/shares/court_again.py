"""Messages in which a court decides again on a sentence, or corrects the day of it."""

from __future__ import annotations

from datetime import date, timedelta

from api.example.messages import Json, as_bytes, hearing, ident, offence, person, result
from tests.journeys.world import FRIDAY_20_MARCH, LEEDS

URN = "13EX0000926"

BORN = date(1990, 2, 14)

GRIEVOUS, ROBBERY = "OF61131", "TH68023"

TITLES = {GRIEVOUS: "Wounding or inflicting grievous bodily harm", ROBBERY: "Robbery"}

MONDAY_30_MARCH = FRIDAY_20_MARCH + timedelta(days=10)

THURSDAY_19_MARCH = FRIDAY_20_MARCH - timedelta(days=1)


def count(code: str, *results: Json) -> Json:
    made = offence(code, TITLES[code], results, date(2025, 9, 1))
    return made | {"id": ident("offence", code), "convictionDate": "2026-02-02"}


def prison(length: str, on: date) -> Json:
    return result("IMP", on, length)


def sentenced(
    *counts: Json, on: date = FRIDAY_20_MARCH, at: str = "12:00:00", held_on: date | None = None
) -> bytes:
    """Return a share of the first hearing. ``held_on`` is its day where that is another one."""
    who = person("Colin", "Madeup", BORN, counts)
    message = hearing(URN, LEEDS, held_on or on, [who], at)
    message["hearing"]["id"] = ident("first hearing")
    # A correction is shared after what it corrects, whatever day it gives.
    message["sharedTime"] = f"{FRIDAY_20_MARCH.isoformat()}T{at}Z"
    return as_bytes(message)


def decided_again(
    words: str, *counts: Json, on: date = MONDAY_30_MARCH, at: str = "15:00:00", text: str = ""
) -> bytes:
    """Return what an appeal ended with: its own result in words, and clones of the offences."""
    who = person("Colin", "Madeup", BORN, counts)
    message = hearing(URN, LEEDS, on, [who], at)
    told = message["hearing"]
    (case,) = told.pop("prosecutionCases")
    told["id"] = ident("appeal", on)
    told["courtApplications"] = [_appeal(case, said(words, text, on))]
    return as_bytes(message)


def said(words: str, text: str, on: date) -> Json:
    """Return a result that no table lists, as a court words it."""
    return {
        "judicialResultId": ident("own", words, text),
        "judicialResultTypeId": ident("definition", words),
        "label": words,
        "category": "FINAL",
        "orderedDate": on.isoformat(),
        "isConvictedResult": False,
        "resultText": text or words,
    }


def _appeal(case: Json, own: Json) -> Json:
    (defendant,) = case["defendants"]
    master = {
        "masterDefendantId": defendant["masterDefendantId"],
        "personDefendant": defendant["personDefendant"],
        "defendantCase": [{"caseId": case["id"], "defendantId": defendant["id"]}],
    }
    linked = {
        "prosecutionCaseId": case["id"],
        "prosecutionCaseIdentifier": {"caseURN": URN},
        "offences": defendant["offences"],
    }
    return {
        "id": ident("application", own["orderedDate"]),
        "applicationReference": "APPEAL-1",
        "type": {"type": "Appeal against conviction and sentence"},
        "subject": {"masterDefendant": master},
        "courtApplicationCases": [linked],
        "judicialResults": [own],
    }


ORIGINAL = sentenced(count(GRIEVOUS, prison("3 Years", FRIDAY_20_MARCH)))

BOTH_COUNTS = sentenced(
    count(GRIEVOUS, prison("3 Years", FRIDAY_20_MARCH)),
    count(ROBBERY, prison("2 Years", FRIDAY_20_MARCH)),
)

CONVICTION_GONE = decided_again("Appeal against conviction allowed", count(GRIEVOUS))

DISMISSED = decided_again("Appeal against conviction dismissed", count(GRIEVOUS))

ALLOWED = decided_again("Appeal allowed", count(GRIEVOUS))

SHORTER = decided_again(
    "Appeal against sentence allowed", count(GRIEVOUS, prison("8 Months", MONDAY_30_MARCH))
)

STILL_LONG = decided_again(
    "Appeal against sentence allowed", count(GRIEVOUS, prison("2 Years", MONDAY_30_MARCH))
)

ONE_COUNT_GONE = decided_again(
    "Conviction quashed", count(GRIEVOUS), count(ROBBERY), text="Conviction on count 1 quashed"
)

CORRECTED = sentenced(
    count(GRIEVOUS, prison("3 Years", THURSDAY_19_MARCH)),
    on=THURSDAY_19_MARCH,
    held_on=FRIDAY_20_MARCH,
    at="13:00:00",
)

CORRECTED_WITH_ITS_HEARING = sentenced(
    count(GRIEVOUS, prison("3 Years", THURSDAY_19_MARCH)), on=THURSDAY_19_MARCH, at="13:00:00"
)

CORRECTED_BACK = sentenced(count(GRIEVOUS, prison("3 Years", FRIDAY_20_MARCH)), at="14:00:00")

HISTORIES: dict[str, list[bytes]] = {
    "a conviction is gone on appeal": [ORIGINAL, CONVICTION_GONE],
    "an appeal is dismissed": [ORIGINAL, DISMISSED],
    "an appeal is allowed, and nobody says against what": [ORIGINAL, ALLOWED],
    "a sentence is shorter on appeal": [ORIGINAL, SHORTER],
    "a sentence is owed still after an appeal": [ORIGINAL, STILL_LONG],
    "one count of two is gone": [BOTH_COUNTS, ONE_COUNT_GONE],
    "the day of sentence is corrected": [ORIGINAL, CORRECTED],
    "the day of the whole hearing is corrected": [ORIGINAL, CORRECTED_WITH_ITS_HEARING],
    "the day is corrected, and back again": [ORIGINAL, CORRECTED, CORRECTED_BACK],
    "the day is corrected before the appeal": [ORIGINAL, CORRECTED, CONVICTION_GONE],
}
