"""**The** list of words that people outside the service do not use, with plain ones to use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

PLAIN: Final[Mapping[str, str]] = {
    "adjudication": "a hearing about breaking prison rules",
    "ARD": "the month of release",
    "breach": "break a rule",
    "Cat A": "the highest security",
    "Cat B": "high security",
    "Cat C": "a training prison",
    "Cat D": "open conditions",
    "COM": "the probation officer in the case",
    "CRD": "the month of release",
    "curtilage": "the land around a house",
    "custodial estate": "prisons",
    "determinate": "of a set length",
    "disclosure": "what we can tell you",
    "enhanced": "say what it means",
    "HDC": "early release with a tag",
    "HDCED": "early release with a tag",
    "hereby": "leave it out",
    "index offence": "the crime",
    "indeterminate": "with no set end",
    "in respect of": "about",
    "IPP": "a sentence with no set end",
    "IOM": "the team that works with the police",
    "liaise": "talk to",
    "licence expiry": "the day on which the rules end",
    "MAPPA": "the agencies that work together to protect people",
    "nominal": "the person",
    "notwithstanding": "although",
    "NPS": "the Probation Service",
    "OASys": "leave it out",
    "offender": "the person who was sentenced",
    "offender management": "the people who work with the person",
    "PED": "the month of the parole review",
    "perpetrator": "the person who was sentenced",
    "POM": "the prison officer in the case",
    "prior to": "before",
    "pursuant": "under",
    "recategorisation": "a change of security",
    "ROTL": "temporary release",
    "SED": "the end of the sentence",
    "SLED": "the end of the sentence",
    "tariff": "the shortest time in prison",
    "termination": "end",
    "therein": "in it",
    "trigger offence": "what made them act",
    "VPS": "your victim personal statement",
    "VCS": "the Victim Contact Scheme",
    "VLO": "your Victim Liaison Officer",
    "VLU": "the Victim Liaison Unit",
    "wef": "from",
}


def jargon_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of the list that stands in a text, with what to write instead."""
    for word, instead in PLAIN.items():
        is_short = word.isupper()
        pattern = rf"\b{re.escape(word)}\b" if is_short else rf"\b{re.escape(word)}s?\b"
        if found := re.search(pattern, text, 0 if is_short else re.IGNORECASE):
            yield found[0], instead
