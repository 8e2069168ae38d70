"""What pages say of how a person may be reached, and how never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vcs.victims.contact.contact_reads import ContactRules
from vcs.victims.contact.why_this_way import AskWhy, asks_why
from vcs.victims.preferences.allowed import IN_WORDS, WAY_OF_CONTACT, Bar, Preference
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.records import ContactWay

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
    Bar.COURT: "may reach the offender",
}

HOW_KNOWN: Mapping[str, str] = {
    HowKnown.THEM: "They said so",
    HowKnown.WITNESS_CARE: "Witness care said so",
    HowKnown.POLICE: "The police said so",
    HowKnown.COURT: "The court said so",
    HowKnown.SUPPORT: "Somebody who supports them said so",
    HowKnown.RECORDS: "The records show it",
}

_POST: Mapping[bool | None, str] = {
    True: "Yes, it is safe to write",
    False: "No, nothing may be posted: it is not safe to write to the address",
    None: "Not known yet whether it is safe to write, so nothing may be posted",
}


def each_way(rules: ContactRules) -> Iterator[tuple[Way, str, Sequence[Preference]]]:
    """Yield each way with the one answer that counts, and what was said about it.

    For post it is their answer together with whether the address is safe. A way of which nothing
    was said is left out, unless something that was said forbids it.
    """
    for way in (one for one in Way if one is not Way.ANYTHING):
        lines = [one for one in rules.preferences.lines if one.way is way]
        bar = rules.preferences.bar(way)
        if lines or way is Way.POST or (bar and way is not Way.VIA):
            yield way, _barred(rules, bar) if bar else _open(rules, way, lines), lines


def _barred(rules: ContactRules, bar: Bar) -> str:
    only = " or ".join(IN_WORDS[way] for way in rules.preferences.only_ways())
    via = rules.preferences.via_whom or "somebody they named"
    said = {
        Bar.ONLY_OTHERS: f"No: only {only}",
        Bar.ONLY_VIA: f"No: only through {via}",
        Bar.COURT: "No: it may reach the offender",
    }
    return said.get(bar, "Never")


def _open(rules: ContactRules, way: Way, lines: Sequence[Preference]) -> str:
    if way is Way.POST and (not lines or rules.safe_to_post is not True):
        return _POST[rules.safe_to_post]
    is_only = any(one.rule is Rule.ONLY for one in lines)
    return "Yes, and only as they named it" if is_only else "Yes"


_ASKED: Mapping[AskWhy, str] = {
    AskWhy.NO_CONTACT: "they do not want contact",
    AskWhy.NOTE: "not recorded as allowed: read their note first",
}


def why_asked(rules: ContactRules, how: str) -> str:
    """Return why a way of contact needs a reason, in brackets after its name; "" for none."""
    why = asks_why(rules, how)
    if why is None:
        return ""
    bar = rules.preferences.bar(WAY_OF_CONTACT[ContactWay(how)])
    return f" ({BARS[bar] if bar else _ASKED[why]})"
