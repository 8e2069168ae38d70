"""What happened, in plain sentences for letters, in each language. All Welsh is to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from vcs.events.records import EventKind
from vcs.sentences.declines.records import DeclineReason
from vcs.terms import Language


class Said(NamedTuple):
    """One sentence in each language; ``{month}`` is where the month stands."""

    en: str
    cy: str


_MONTHS: Final[Mapping[Language, str]] = {
    Language.ENGLISH: (
        "January February March April May June July August September October November December"
    ),
    Language.WELSH: (
        "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"
    ),
}

YEAR_EVENTS: Final[Mapping[EventKind, Said]] = {
    EventKind.RELEASED: Said(
        "In {month} the person was released, on licence.",
        "Ym mis {month} rhyddhawyd y person, ar drwydded.",
    ),
    EventKind.TIME_SERVED: Said(
        "In {month} the person was released by the court.",
        "Ym mis {month} rhyddhawyd y person gan y llys.",
    ),
    EventKind.RECALLED: Said(
        "In {month} the person was called back to prison.",
        "Ym mis {month} galwyd y person yn ôl i’r carchar.",
    ),
    EventKind.BACK_IN_CUSTODY: Said(
        "In {month} the person was back in custody.",
        "Ym mis {month} roedd y person yn ôl yn y ddalfa.",
    ),
    EventKind.PAROLE_REVIEW: Said(
        "In {month} there was a parole review.",
        "Ym mis {month} bu adolygiad parôl.",
    ),
    EventKind.PAROLE_DECISION: Said(
        "In {month} the Parole Board made a decision, and we told you of it.",
        "Ym mis {month} gwnaeth y Bwrdd Parôl benderfyniad, a dywedasom wrthych amdano.",
    ),
    EventKind.OPEN_CONDITIONS: Said(
        "In {month} we told you about a move to open conditions.",
        "Ym mis {month} dywedasom wrthych am symud i amodau agored.",
    ),
    EventKind.TEMPORARY_RELEASE: Said(
        "In {month} we told you about a temporary release.",
        "Ym mis {month} dywedasom wrthych am ryddhau dros dro.",
    ),
    EventKind.SENTENCE_CHANGED: Said(
        "In {month} the court changed the sentence.",
        "Ym mis {month} newidiodd y llys y ddedfryd.",
    ),
    EventKind.LICENCE_CHANGED: Said(
        "In {month} the rules of the licence changed.",
        "Ym mis {month} newidiodd rheolau’r drwydded.",
    ),
    EventKind.TO_HOSPITAL: Said(
        "In {month} the person moved to a hospital.",
        "Ym mis {month} symudodd y person i ysbyty.",
    ),
    EventKind.FROM_HOSPITAL: Said(
        "In {month} the person moved back to prison.",
        "Ym mis {month} symudodd y person yn ôl i’r carchar.",
    ),
}
"""What an annual letter tells of, of what somebody was told during the year."""

WE_SPOKE: Final = Said(
    "In {month} we spoke with you.",
    "Ym mis {month} buom yn siarad â chi.",
)

YOU_ASKED: Final = Said(
    "In {month} you asked for a rule in the licence.",
    "Ym mis {month} gofynnoch am reol yn y drwydded.",
)

CONDITIONS: Final[Mapping[str, Said]] = {
    "4858cd8b-bca6-4f11-b6ee-439e27216d7d": Said(
        "They must not contact you or your family, in any way.",
        "Rhaid iddynt beidio â chysylltu â chi na’ch teulu mewn unrhyw ffordd.",
    ),
    "d5998ca1-62a2-4409-88cd-3137d893c2a0": Said(
        "They must not contact any victim of the crime, in any way.",
        "Rhaid iddynt beidio â chysylltu ag unrhyw ddioddefwr y drosedd mewn unrhyw ffordd.",
    ),
    "355700a9-6184-40c0-9759-0dfed1994e1e": Said(
        "They must not contact the person you named, in any way.",
        "Rhaid iddynt beidio â chysylltu â’r person a enwoch mewn unrhyw ffordd.",
    ),
    "0f9a20f4-35c7-4c77-8af8-f200f153fa11": Said(
        "They must stay out of the area on the map that we agreed with you.",
        "Rhaid iddynt gadw allan o’r ardal ar y map a gytunwyd gennym gyda chi.",
    ),
    "42f71b40-84cd-446d-8647-f00bbb6c079c": Said(
        "They must stay away from the place that you named to us.",
        "Rhaid iddynt gadw draw o’r lle a enwoch i ni.",
    ),
    "c4a17002-88a3-43b4-b3f7-82ff476cb217": Said(
        "They must stay away from the kind of place that you named to us.",
        "Rhaid iddynt gadw draw o’r math o le a enwoch i ni.",
    ),
    "99195049-f355-46fb-b7d8-aef87a1b19c5": Said(
        "They must stay out of the area that we agreed with you during the event.",
        "Rhaid iddynt gadw allan o’r ardal a gytunwyd gennym gyda chi yn ystod y digwyddiad.",
    ),
}
"""What each condition of the catalogue means for a victim. It names no place and nobody."""

REQUESTED: Final[Mapping[str, Said]] = {
    "4858cd8b-bca6-4f11-b6ee-439e27216d7d": Said(
        "No contact with the victim or their family.",
        "Dim cysylltu â’r dioddefwr na’u teulu.",
    ),
    "d5998ca1-62a2-4409-88cd-3137d893c2a0": Said(
        "No contact with any victim of the offences.",
        "Dim cysylltu ag unrhyw ddioddefwr y troseddau.",
    ),
    "355700a9-6184-40c0-9759-0dfed1994e1e": Said(
        "No contact with a person whom we will name to you by phone.",
        "Dim cysylltu â pherson y byddwn yn ei enwi i chi dros y ffôn.",
    ),
    "0f9a20f4-35c7-4c77-8af8-f200f153fa11": Said(
        "To keep out of an area on a map, to be agreed with us.",
        "Cadw allan o ardal ar fap, i’w chytuno â ni.",
    ),
    "42f71b40-84cd-446d-8647-f00bbb6c079c": Said(
        "To keep out of a building, address or road, to be agreed with us.",
        "Cadw allan o adeilad, cyfeiriad neu ffordd, i’w gytuno â ni.",
    ),
    "c4a17002-88a3-43b4-b3f7-82ff476cb217": Said(
        "To keep away from a kind of place, to be agreed with us.",
        "Cadw draw o fath o le, i’w gytuno â ni.",
    ),
    "99195049-f355-46fb-b7d8-aef87a1b19c5": Said(
        "To keep out of an area during an event, to be agreed with us.",
        "Cadw allan o ardal yn ystod digwyddiad, i’w chytuno â ni.",
    ),
}
"""What is asked for of a licence, for an offender manager. It names no place and nobody."""

DECLINED: Final[Mapping[DeclineReason, Said]] = {
    DeclineReason.NOT_LISTED: Said(
        "The crime is not one of those that the law lists for the scheme.",
        "Nid yw’r drosedd yn un o’r rhai y mae’r gyfraith yn eu rhestru ar gyfer y cynllun.",
    ),
    DeclineReason.TOO_SHORT: Said(
        "The sentence is shorter than the law asks for.",
        "Mae’r ddedfryd yn fyrrach nag y mae’r gyfraith yn ei gofyn.",
    ),
    DeclineReason.NO_CUSTODY: Said(
        "The court did not send the person to prison or to hospital.",
        "Ni anfonodd y llys y person i’r carchar nac i ysbyty.",
    ),
    DeclineReason.SET_ASIDE: Said(
        "The court set the sentence aside.",
        "Rhoddodd y llys y ddedfryd o’r neilltu.",
    ),
}
"""Why the scheme does not apply. Other reasons are for a person to put into words."""


def in_month(said: Said, day: date) -> dict[Language, str]:
    """Return a sentence with its month, in each language."""
    return {
        language: words.format(month=f"{_MONTHS[language].split()[day.month - 1]} {day.year}")
        for language, words in ((Language.ENGLISH, said.en), (Language.WELSH, said.cy))
    }
