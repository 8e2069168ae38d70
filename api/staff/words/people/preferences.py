"""What pages say of how a person may be reached, and how never."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.victims.preferences.allowed import Bar
from vcs.victims.preferences.records import HowKnown, Rule, Way

WAYS: Mapping[str, str] = {
    Way.PHONE: "Telephone",
    Way.TEXT: "Text message",
    Way.EMAIL: "Email",
    Way.POST: "Post",
    Way.IN_PERSON: "In person",
    Way.VIA: "Through somebody else",
    Way.ANYTHING: "Any contact, about anything",
}

RULES: Mapping[str, str] = {
    Rule.NEVER: "Never",
    Rule.ONLY: "Only this way",
    Rule.ALLOWED: "Yes",
}

BARS: Mapping[str, str] = {
    Bar.ANYTHING: "never contact them",
    Bar.NEVER: "never this way",
    Bar.ONLY_OTHERS: "only other ways",
    Bar.ONLY_VIA: "only through somebody",
}

HOW_KNOWN: Mapping[str, str] = {
    HowKnown.THEM: "They said so",
    HowKnown.WITNESS_CARE: "Witness care said so",
    HowKnown.POLICE: "The police said so",
    HowKnown.COURT: "The court said so",
    HowKnown.SUPPORT: "Somebody who supports them said so",
    HowKnown.RECORDS: "The records show it",
}
