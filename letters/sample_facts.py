"""Made-up facts for a sample of every letter: one set for each thing it may have to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from letters.making.given import Facts
from vcs.terms import SentenceKind, Term

# Phone numbers are from the range kept for drama, addresses and people are invented.
MADE_UP: Final[Facts] = {
    "addressee": "Ms Mair Tŷ-Newydd",
    "address": ("Fflat 3", "12 Heol yr Ŵyn", "Pontcanna", "Caerdydd"),
    "postcode": "CF11 9ZZ",
    "safe_to_post": True,
    "reference": "VCS-7K3M-9QTD",
    "letter_reference": "VCS-3F8W-K2HP",
    "written_on": date(2026, 11, 23),
    "reply_by": date(2026, 12, 14),
    "sentenced_on": date(2026, 10, 2),
    "court_name": "Cardiff Crown Court",
    "vlo_name": "Siân Example",
    "vlo_phone": "029 2018 0123",
    "unit_name": "Wales",
    "unit_email": "victim.liaison@example.org",
    "unit_address": ("1 Example Place", "Caerdydd", "CF10 9ZZ"),
}

PRISON: Final[Facts] = {"sentence_kind": SentenceKind.IMPRISONMENT, "term": Term(years=4, months=6)}

RESTRICTED: Final[Facts] = {"sentence_kind": SentenceKind.HOSPITAL_ORDER, "restricted": True}

HOSPITAL: Final[Facts] = {"sentence_kind": SentenceKind.HOSPITAL_ORDER, "restricted": False}

THE_UNIT_SIGNS: Final[Facts] = {"vlo_name": None, "unit_signs": True}

SENTENCES: Final[Mapping[str, Facts]] = {
    "prison": PRISON,
    "restricted-hospital": RESTRICTED,
    "hospital": HOSPITAL,
}

_CONDITIONS: Final[Facts] = {
    "conditions": {
        "en": (
            "They must not contact you or your children, in any way.",
            "They must stay out of the area on the map that we agreed with you.",
        ),
        "cy": (
            "Rhaid iddynt beidio â chysylltu â chi na’ch plant mewn unrhyw ffordd.",
            "Rhaid iddynt gadw allan o’r ardal ar y map a gytunwyd gennym gyda chi.",
        ),
    }
}

_EVENTS: Final[Facts] = {
    "year_events": {
        "en": (
            "In March 2026 there was a move to a prison with less security.",
            "In July 2026 you asked for a rule on contact, and we passed it on.",
        ),
        "cy": (
            "Ym mis Mawrth 2026 bu symud i garchar â llai o ddiogelwch.",
            "Ym mis Gorffennaf 2026 gofynnoch am reol ynghylch cysylltu, a throsglwyddwyd hynny.",
        ),
    },
    "release_month": date(2028, 5, 1),
    "parole_month": date(2027, 11, 1),
    "custody_category": "C",
}

_ANSWERS: Final[Facts] = {
    "answers": {
        "en": (
            {"asked": "No contact with you", "outcome": "set"},
            {
                "asked": "Staying away from the whole of the town",
                "outcome": "changed",
                "now": "Staying away from the streets that we agreed with you",
                "reason": "A rule must be no wider than is needed to keep you safe.",
            },
            {
                "asked": "No use of social media",
                "outcome": "not set",
                "reason": "The crime had nothing to do with social media.",
            },
        ),
        "cy": (
            {"asked": "Dim cysylltu â chi", "outcome": "set"},
            {
                "asked": "Cadw draw o’r dref gyfan",
                "outcome": "changed",
                "now": "Cadw draw o’r strydoedd a gytunwyd gennym gyda chi",
                "reason": "Ni chaiff rheol fod yn ehangach nag sydd ei angen i’ch cadw’n ddiogel.",
            },
            {
                "asked": "Dim defnyddio cyfryngau cymdeithasol",
                "outcome": "not set",
                "reason": "Nid oedd gan y drosedd ddim i’w wneud â chyfryngau cymdeithasol.",
            },
        ),
    }
}

_NO_REASON_YET: Final[Facts] = {
    "answers": {
        "en": ({"asked": "No contact with you", "outcome": "not set"},),
        "cy": ({"asked": "Dim cysylltu â chi", "outcome": "not set"},),
    }
}

_DECLINED: Final[Facts] = {
    "decline_reason": {
        "en": "The sentence is for less than 12 months.",
        "cy": "Mae’r ddedfryd am lai na 12 mis.",
    }
}

_HOSPITAL_AT: Final[Facts] = {
    "hospital_name": "Example Hospital",
    "hospital_address": ("2 Example Road", "Sampletown", "EX4 4AA"),
}

_MANAGERS: Final[Facts] = {
    "addressee": "The Hospital Managers",
    "address": ("Example Hospital", "2 Example Road", "Sampletown"),
    "postcode": "EX4 4AA",
}

_CASE: Final[Facts] = {"case_reference": "06SA9990126"}

_WITNESS_CARE: Final[Facts] = {
    "addressee": "The Manager",
    "address": ("Example Witness Care Unit", "3 Example Street", "Sampletown"),
    "postcode": "EX4 4AB",
}

_MORE: Final[Mapping[str, tuple[Facts, ...]]] = {
    "initial-contact": (PRISON, RESTRICTED, HOSPITAL, {"sentence_kind": SentenceKind.LIFE}),
    "initial-contact-notification": (PRISON,),
    "initial-contact-discretionary": (PRISON, HOSPITAL),
    "reminder": tuple({"first_letter_on": date(2026, 10, 19), **one} for one in (PRISON, HOSPITAL)),
    "opt-out-confirmation": tuple(
        {"chosen_on": date(2026, 11, 19), **one} for one in (PRISON, HOSPITAL)
    ),
    "welcome": tuple(
        {"chosen_on": date(2026, 11, 19), "level_of_contact": level, **one}
        for one, level in (
            (PRISON, "every stage"),
            (PRISON, "once a year"),
            (PRISON, "release only"),
            (PRISON, None),
            (RESTRICTED, "every stage"),
            (HOSPITAL, "release only"),
        )
    ),
    "annual": (
        _EVENTS,
        {**_EVENTS, "year_events": None, "custody_category": "open"},
        {},
        {**_EVENTS, **HOSPITAL, "custody_category": None, "parole_month": None},
    ),
    "sentence-changed": (
        {"changed_on": date(2026, 11, 9), "still_in_scheme": True},
        {"changed_on": date(2026, 11, 9), "still_in_scheme": False},
        {"changed_on": date(2026, 11, 9), "still_in_scheme": True, **RESTRICTED},
    ),
    "open-conditions": ({"stage": "considered"}, {"stage": "moved"}),
    "licence-conditions-outcome": (_ANSWERS, _NO_REASON_YET),
    "pre-release": (
        {"release_month": date(2027, 3, 1), **_CONDITIONS},
        {"release_month": date(2027, 3, 1)},
    ),
    "release-confirmed": (
        {
            "released_month": date(2026, 11, 1),
            "licence_ends_month": date(2028, 11, 1),
            **_CONDITIONS,
        },
        {"released_month": date(2026, 11, 1)},
    ),
    "parole-review": ({"parole_month": date(2027, 2, 1)}, {}),
    "parole-decision": (
        {"decision": "release", "release_month": date(2027, 1, 1)},
        {"decision": "stays", "next_review_month": date(2028, 1, 1)},
        {"decision": "stays"},
        {"decision": "open conditions"},
    ),
    "hospital-discharge": (
        {"stage": "application", **RESTRICTED},
        {"stage": "tribunal", **RESTRICTED},
        {"stage": "tribunal"},
    ),
    "hospital-outcome": (
        {"outcome": "discharged with conditions", **RESTRICTED, **_CONDITIONS},
        {"outcome": "discharged", **RESTRICTED},
        {"outcome": "not discharged", **RESTRICTED},
        {"outcome": "not discharged"},
    ),
    "hospital-managers": ({**HOSPITAL, **_HOSPITAL_AT},),
    "restrictions-ended": (
        {
            "ended_on": date(2026, 11, 2),
            "who_contacts": "hospital managers",
            **HOSPITAL,
            **_HOSPITAL_AT,
        },
        {"ended_on": date(2026, 11, 2), "who_contacts": "nobody", **HOSPITAL},
    ),
    "transfer-to-hospital": ({"restricted": True}, {"restricted": False}),
    "escape": ({"kind": "escape"}, {"kind": "abscond"}),
    "back-in-custody": (PRISON, RESTRICTED),
    "deportation": ({"stage": "planned"}, {"stage": "done"}),
    "released-in-error": ({"told_on": date(2026, 11, 22)}, {}),
    "not-eligible": (_DECLINED,),
    "closure": tuple(
        {"closure_reason": reason}
        for reason in ("conviction quashed", "sentence ended", "scheme ended", "sentence replaced")
    ),
    "officer-changed": (
        {"former_vlo_name": "Rhys Example", "introduced": True},
        {"introduced": False},
        {"former_vlo_name": "Rhys Example", "introduced": False, **THE_UNIT_SIGNS},
    ),
    "chase-witness-care": (
        {**_CASE, **_WITNESS_CARE, "due_on": date(2026, 10, 16), "days_late": 5},
        {**_CASE, **_WITNESS_CARE, "due_on": date(2026, 10, 16)},
    ),
    "youth-offending-team": (
        {
            **_CASE,
            "addressee": "The Manager",
            "address": ("Example Youth Justice Service", "4 Example Street", "Sampletown"),
            "postcode": "EX4 4AD",
            "sentence_kind": SentenceKind.DETENTION_AND_TRAINING,
            "term": Term(months=6),
        },
    ),
    "hospital-managers-notice": (
        {
            **_MANAGERS,
            "victim_wish": {
                "en": "She wishes to be told of discharge, and of conditions about contact.",
                "cy": "Mae hi’n dymuno cael gwybod am ryddhau, ac am amodau ynghylch cysylltu.",
            },
            "victim_name": "Ms Mair Tŷ-Newydd",
            "victim_address": ("Fflat 3", "12 Heol yr Ŵyn", "Caerdydd", "CF11 9ZZ"),
            "patient_reference": "EX-0042",
        },
    ),
    "offender-manager": (
        {
            **_CASE,
            "addressee": "The Community Offender Manager",
            "address": ("Example Probation Office", "5 Example Street", "Sampletown"),
            "postcode": "EX4 4AE",
            "requests": {
                "en": ("No contact with the victim.", "An exclusion zone, to be agreed with us."),
                "cy": ("Dim cysylltu â’r dioddefwr.", "Parth gwahardd, i’w gytuno â ni."),
            },
        },
    ),
    "not-eligible-referrer": ({**_CASE, **_WITNESS_CARE, **_DECLINED},),
}


def sets_for(kind: str) -> tuple[Facts, ...]:
    """Return the made-up sets of facts for a letter; the first is its sample."""
    return tuple({**MADE_UP, **PRISON, **more} for more in _MORE.get(kind, ({},)))
