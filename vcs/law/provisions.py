"""Every source the rules rely on: one row a provision, with its words in short, link and dates.

``confidence`` is ``high`` where the text itself was seen, ``medium`` where the reading rests on
practice or inference, ``unconfirmed`` where a lawyer must look before anyone relies on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Confidence = Literal["high", "medium", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Provision:
    """One cited piece of law or policy with its in-force dates (``until`` is the last day).

    ``in_force_from`` None is passed and not yet commenced; ``passed_on`` is then when.
    """

    id: str
    words: str
    link: str
    in_force_from: date | None
    in_force_until: date | None = None
    confidence: Confidence = "high"
    note: str = ""
    passed_on: date | None = None

    @property
    def dates(self) -> str:
        """Say in words from when, and until when, it is in force."""
        if self.in_force_from is None:
            return "not yet commenced"
        began = f"in force from {_in_words(self.in_force_from)}"
        return f"{began} until {_in_words(self.in_force_until)}" if self.in_force_until else began


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_DVCVA = "https://www.legislation.gov.uk/ukpga/2004/28/section/"
_CODE = "https://www.gov.uk/government/publications/the-code-of-practice-for-victims-of-crime"
_FRAMEWORK = "https://www.gov.uk/government/publications/victim-contact-scheme-policy-framework"
_PAROLE = "https://www.gov.uk/guidance/guide-to-parole-for-victims-of-crime"
_SCHEME_BEGAN = date(2001, 4, 1)
_ACT_BEGAN = date(2005, 7, 1)
_MANAGERS_BEGAN = date(2008, 11, 3)
_CODE_2020_BEGAN = date(2021, 4, 1)
_ACT_OF_2026_PASSED = date(2026, 4, 29)

_ROWS = (
    Provision(
        "DVCVA 2004 s.35(1)",
        "The duty arises where a court convicts a person of a sexual, violent or terrorism "
        "offence and a relevant sentence is imposed in respect of the offence.",
        _DVCVA + "35",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.35(3)",
        "The provider of probation services in the area where the sentence is imposed must take "
        "all reasonable steps to find out what the victim wishes.",
        _DVCVA + "35",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.36",
        "Victims of an offender convicted, found not guilty by reason of insanity, or found unfit "
        "who did the act, where a hospital order is made.",
        _DVCVA + "36",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.36A",
        "Hospital order without a restriction order: the hospital managers must be told of the "
        "victim's wish, and the victim of the hospital.",
        _DVCVA + "36A",
        _MANAGERS_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.37",
        "Hospital order with a restriction order: the victim may make representations and be told "
        "of conditions.",
        _DVCVA + "37",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.37ZA",
        "Hospital order with a restriction order: the victim may give the Tribunal a victim impact "
        "statement and ask to read it out. The Tribunal may use it for conditions only.",
        _DVCVA + "37ZA",
        date(2025, 6, 25),
        note="For applications and references to the Tribunal made from that day (S.I. 2025/731).",
    ),
    Provision(
        "DVCVA 2004 s.39",
        "Hospital direction and limitation direction given with a relevant sentence.",
        _DVCVA + "39",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.35(1), asked again",
        "Where a sentence is changed on appeal, on a reference, by the court that passed it or on "
        "a resentence, the test is asked again of the sentence that now stands, from its own day.",
        _DVCVA + "35",
        _ACT_BEGAN,
        confidence="medium",
        note="Inferred from section 35(1): the Act does not speak of later changes.",
    ),
    Provision(
        "DVCVA 2004 s.38B",
        "A restriction order ends while the hospital order goes on: Probation hands the victim "
        "over to the hospital managers.",
        _DVCVA + "38B",
        _MANAGERS_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.41A",
        "A limitation direction ends while the offender stays in hospital: Probation hands the "
        "victim over to the hospital managers.",
        _DVCVA + "41A",
        _MANAGERS_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.42",
        "A transfer direction with a restriction direction, given while the offender serves a "
        "relevant sentence: the duty arises again in the area of the hospital.",
        _DVCVA + "42",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.42A",
        "A transfer direction without a restriction direction: the hospital managers must be told "
        "of the victim's wish, and the victim of the hospital.",
        _DVCVA + "42A",
        _MANAGERS_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.44B",
        "A restriction direction ends while the transfer direction goes on: Probation hands the "
        "victim over to the hospital managers.",
        _DVCVA + "44B",
        _MANAGERS_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.45(1), court",
        "A court in these sections is one of England and Wales, and not the Court Martial nor the "
        "Court Martial Appeal Court.",
        _DVCVA + "45",
        _ACT_BEGAN,
        note="Sentences of Scotland, Northern Ireland and abroad: inferred, a person looks.",
    ),
    Provision(
        "DVCVA 2004 s.45(1)",
        "A relevant sentence is imprisonment for 12 months or more, detention during His Majesty's "
        "pleasure, detention for 12 months or more under section 250 or 252A of the Sentencing "
        "Code, or a detention and training order of 12 months or more.",
        _DVCVA + "45",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.45(1), read with practice",
        "Detention in a young offender institution, custody for life and section 254 detention "
        "are treated as relevant sentences though section 45(1) does not name them.",
        _DVCVA + "45",
        _ACT_BEGAN,
        confidence="unconfirmed",
        note="Ask a lawyer: the text seen does not name sentences for ages 18 to 20.",
    ),
    Provision(
        "DVCVA 2004 s.45(2)(a)",
        "Murder, or an offence specified in Schedule 18 to the Sentencing Code (before it, "
        "Schedule 15 to the Criminal Justice Act 2003).",
        _DVCVA + "45",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.45(2)(b)",
        "An offence for which the offender is subject to notification under Part 2 of the Sexual "
        "Offences Act 2003.",
        _DVCVA + "45",
        _ACT_BEGAN,
    ),
    Provision(
        "DVCVA 2004 s.45(2)(c)",
        "An offence against a child within Part 2 of the Criminal Justice and Court Services Act "
        "2000.",
        _DVCVA + "45",
        _ACT_BEGAN,
        confidence="unconfirmed",
        note="Part 2 is largely repealed, and the list that is left was not seen. The limb is not "
        "asked by itself: codes that may be on the list ask a person.",
    ),
    Provision(
        "CJA 2003 Sch.15",
        "The specified violent, sexual and terrorism offences, before the Sentencing Code.",
        "https://www.legislation.gov.uk/ukpga/2003/44/schedule/15",
        date(2005, 4, 4),
        date(2020, 11, 30),
        "medium",
        "The first day is from memory; the list is that of the HMPPS code table.",
    ),
    Provision(
        "CJA 2003 s.240ZA",
        "Days on remand, and half the days on a tagged curfew, count towards the sentence. The "
        "term stays what the court said: release may come before every deadline.",
        "https://www.legislation.gov.uk/ukpga/2003/44/section/240ZA",
        date(2012, 12, 3),
        confidence="unconfirmed",
        note="Section and first day are from memory; when release is near is a careful margin.",
    ),
    Provision(
        "Sentencing Code Sch.18",
        "The specified violent, sexual and terrorism offences, in three Parts.",
        "https://www.legislation.gov.uk/ukpga/2020/17/schedule/18",
        date(2020, 12, 1),
        note="As at 29 February 2024; later amendments not seen.",
    ),
    Provision(
        "Victims' Code 2020 Right 11",
        "Automatic referral to the Victim Contact Scheme within 10 working days of sentence; "
        "contact by the Victim Liaison Officer within 20 working days of the referral.",
        _CODE,
        date(2021, 4, 1),
    ),
    Provision(
        "Victims' Code 2015",
        "Details passed to Probation within 20 working days of sentence.",
        _CODE,
        date(2013, 12, 10),
        date(2021, 3, 31),
        "medium",
    ),
    Provision(
        "Probation Circulars: eight weeks",
        "First contact with the victim within eight weeks (40 working days) of sentence.",
        _CODE,
        date(2001, 4, 1),
        date(2021, 3, 31),
        "medium",
        "Older policy, superseded by the Victims' Code of 2020.",
    ),
    Provision(
        "Victims' Code 2020 Right 8",
        "The outcome of a hearing within 5 working days of the witness care unit receiving it; "
        "within 1 under enhanced rights.",
        _CODE,
        _CODE_2020_BEGAN,
    ),
    Provision(
        "Victims' Code 2020 Right 9",
        "The sentence and its meaning within 1 working day of the witness care unit receiving it "
        "from the court, which is within 5 working days of the outcome.",
        _CODE,
        _CODE_2020_BEGAN,
    ),
    Provision(
        "Back-stop: both clocks together",
        "The 10 working days to refer and the 20 to make contact, one after the other: 30 from "
        "sentence.",
        _CODE,
        _CODE_2020_BEGAN,
        confidence="medium",
        note="A back-stop worked out from two rights, and not a right of its own.",
    ),
    Provision(
        "Ours: a person decides within 5 working days",
        "Where a court's messages leave open whether contact is owed, a person decides.",
        _FRAMEWORK,
        _SCHEME_BEGAN,
        confidence="unconfirmed",
        note="The time is ours and in no text.",
    ),
    Provision(
        "Ours: work within the unit",
        "Giving a referral to an officer, sending an approved letter and answering for a message "
        "that could not be read each take 2 working days at most.",
        _FRAMEWORK,
        _SCHEME_BEGAN,
        confidence="unconfirmed",
        note="The times are ours and in no text.",
    ),
    Provision(
        "Victims' Code 2020 Right 12",
        "Complaints are acknowledged and answered.",
        _CODE,
        _CODE_2020_BEGAN,
        confidence="unconfirmed",
        note="The right was not seen: its numbers are from memory.",
    ),
    Provision(
        "VCS Policy Framework: time limits",
        "When a victim is reminded, written to each year and told of a release.",
        _FRAMEWORK,
        _SCHEME_BEGAN,
        confidence="unconfirmed",
        note="The text of the framework was not at hand.",
    ),
    Provision(
        "Needs assessment: 20 working days",
        "A victim is asked about every need of the standard within 20 working days of the first "
        "live contact, and again after 12 months.",
        _CODE,
        _SCHEME_BEGAN,
        confidence="unconfirmed",
        note="The items and both times are ours to be confirmed: no published standard was found.",
    ),
    Provision(
        "Parole Board: decision in 14 days",
        "The Parole Board issues its decision within 14 days of the panel; the victim is told as "
        "soon as possible.",
        _PAROLE,
        _SCHEME_BEGAN,
        confidence="unconfirmed",
        note="From a written answer of 2013; the Rules now in force were not seen.",
    ),
    Provision(
        "Parole Board: summaries and reconsideration",
        "Victims may have a summary of a parole decision; a party may ask for reconsideration.",
        _PAROLE,
        date(2018, 5, 22),
        confidence="medium",
        note="Reconsideration began on 22 July 2019; its 21 days are from memory.",
    ),
    Provision(
        "Victim Notification Scheme",
        "Victims of stalking, harassment, coercive control and breach of protective orders whose "
        "offender is in custody may be told of release and ask for conditions.",
        "https://www.russellwebster.com/probation-pilot-provides-support-for-victims-of-stalking/",
        date(2022, 4, 1),
        confidence="medium",
        note="A pilot in three regions from April 2022. Roll-out was planned for the last quarter "
        "of 2023; the exact day is not confirmed.",
    ),
    Provision(
        "VCS Policy Framework: discretion",
        "The Victim Liaison Unit may offer contact in a serious case outside the statutory test.",
        "https://www.gov.uk/government/publications/victim-contact-scheme-policy-framework",
        date(2001, 4, 1),
        confidence="unconfirmed",
        note="The text of the framework was not at hand.",
    ),
    Provision(
        "Victims and Courts Act 2026 Sch.6A Part 1",
        "Victims of the sexual, violent and terrorism offences of today, with custody of at least "
        "the length that the Schedule sets.",
        "https://www.legislation.gov.uk/ukpga/2026/19",
        None,
        confidence="unconfirmed",
        note="Not commenced. The text was not at hand: the length of 12 months is assumed.",
        passed_on=_ACT_OF_2026_PASSED,
    ),
    Provision(
        "Victims and Courts Act 2026 Sch.6A Part 3",
        "Victims of other offences may ask, and the unit may offer contact.",
        "https://www.legislation.gov.uk/ukpga/2026/19",
        None,
        confidence="unconfirmed",
        note="Not commenced. The text was not at hand: the offences of Part 3 are not known.",
        passed_on=_ACT_OF_2026_PASSED,
    ),
    Provision(
        "Victims and Courts Act 2026 Sch.6A Part 2",
        "Victims of stalking, harassment, coercive control and breach of protective orders, with "
        "custody of any length.",
        "https://www.legislation.gov.uk/ukpga/2026/19",
        None,
        confidence="unconfirmed",
        note="Not commenced. The text was not at hand: the list is read from debates.",
        passed_on=_ACT_OF_2026_PASSED,
    ),
    Provision(
        "Youth: victim contact by the youth offending team",
        "A child sentenced to less than 12 months is outside the scheme; the youth offending team "
        "keeps the victim informed.",
        "https://www.gov.uk/guidance/work-with-victims-and-restorative-justice-youth-offending-teams",
        date(2001, 4, 1),
        confidence="medium",
    ),
)


def cited(provision: str, day: date) -> str:
    """Return a provision as the printed law cites it: what is not in force on the day says so."""
    row = PROVISIONS.get(provision)
    if row is None or in_force(row, day):
        return provision
    return f"{provision} ({'not in force on this day' if row.in_force_from else 'not commenced'})"


def in_force(row: Provision, day: date) -> bool:
    """Say whether a provision is in force on a day."""
    began = row.in_force_from
    return began is not None and began <= day <= (row.in_force_until or date.max)


PROVISIONS: Mapping[str, Provision] = MappingProxyType({row.id: row for row in _ROWS})
