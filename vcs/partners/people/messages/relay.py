"""Pass on what a victim said when witness care told them about the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.closing.refusing import HOW_SAID
from vcs.consequences.drafts.after import relay_opt_out
from vcs.errors import NotValid
from vcs.partners.people.messages.send import LONGEST_WORDS, Outgoing, ask_unit
from vcs.partners.people.records import MessageKind, Said, UnitMessage
from vcs.victims.find import find_victim


@dataclass(frozen=True, slots=True)
class Relayed:
    """What was said, on which day, in which way, with the words of the victim."""

    said: str
    on: date
    how: str
    words: str


def relay(work: Work, victim_reference: str, relayed: Relayed) -> UnitMessage:
    """Pass on what a victim said. A *no* is recorded at once, as it makes them safer.

    Anything else is the unit's to ask about: no liaison officer has spoken to the victim.
    """
    work.require_may(Act.RELAY_CHOICE)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    if fields := dict(_problems(relayed, work.today)):
        raise NotValid("Some details need correcting.", fields)
    if relayed.said == Said.NOT:
        relay_opt_out(work, victim_reference, relayed.on, relayed.how)
    content = {
        "said": relayed.said,
        "on": relayed.on.isoformat(),
        "how": relayed.how,
        "words": relayed.words.strip(),
    }
    return ask_unit(work, referral, Outgoing(MessageKind.SAID, content, victim))


def _problems(relayed: Relayed, today: date) -> Iterator[tuple[str, str]]:
    if relayed.said not in list(Said):
        yield "said", "Select what they said"
    if relayed.how not in HOW_SAID:
        yield "how", "Select how they were told"
    if relayed.on > today:
        yield "said_on", "The day must be today or in the past"
    if len(relayed.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"
