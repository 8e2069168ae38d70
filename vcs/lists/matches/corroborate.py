"""Court, offence and length beside a score that alone is short: the weights are our own. Pure.

The public model knows only people. Whoever is alike in name and date of birth, and was sentenced by
the same court for the same offence to the same length, need not be asked about. Nothing here joins
what a number, a court or a length contradicts, or what twins share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import log2
from typing import Final

from vcs.lists.matches.held import HeldSentence, plain_length
from vcs.lists.matches.matching import Comparison, Rule, Same, Window
from vcs.lists.matches.people import Person
from vcs.lists.matches.weights import JOIN, UNMEASURED, Part, Rarity, is_like_name, is_one_edit
from vcs.lists.reading.lines import Line

FEWEST_MEASURED: Final = 1_000
"""Below so many sentences of ours nothing is measured, and a score stands alone."""

_MOST: Final = 6.0
"""No agreement adds more, however even the shares are."""


def rarity_of(held: Sequence[HeldSentence]) -> Rarity:
    """Measure how seldom two of our sentences share court, offence and length by chance."""
    if len(held) < FEWEST_MEASURED:
        return UNMEASURED
    return Rarity(
        _weight(one.described.court for one in held),
        _weight(code for one in held for code in one.offence_codes),
        _weight(plain_length(term) for one in held for term in one.terms),
    )


def _weight(values: Iterable[Hashable]) -> float:
    """Return log2 of 1/u, u being the chance that two drawn from these are equal."""
    counts = Counter(values)
    total = counts.total()
    if not total:
        return 0.0
    chance = sum((count / total) ** 2 for count in counts.values())
    return round(min(_MOST, -log2(chance)), 1)


def corroborated(
    line: Line, held: HeldSentence, compared: Comparison, window: Window
) -> Comparison:
    """Return the comparison, joined where court, offence and length lift its score far enough."""
    if compared.weight is None or compared.said or compared.same is Same.YES:
        return compared
    theirs, ours = line.described.person, held.described.person
    known = replace(ours, name=ours.beside(theirs.name))
    if not _are_alike(theirs, known) or _contradict(line, held):
        return compared
    found = tuple(_parts(line, held, window.rarity))
    if compared.weight + sum(part.weight for part in found) < JOIN:
        return compared
    words = "; ".join(f"{part.words} ({part.weight:+.1f})" for part in found)
    said = f"{compared.why}; beside the score, weighed on our own sentences: {words}"
    return replace(compared, same=Same.YES, rule=Rule.SCORED, said=said)


def _are_alike(theirs: Person, ours: Person) -> bool:
    """Say whether names are alike and both dates of birth known and alike, and no twins meant."""
    one, other = theirs.born_on, ours.born_on
    if one is None or other is None or not (one == other or is_one_edit(one, other)):
        return False
    # Twins differ in the forename, however the surname is typed; swapped names are the same two.
    same_forename = theirs.name.forename in {ours.name.forename, ours.name.surname}
    return is_like_name(theirs, ours) and same_forename


def _contradict(line: Line, held: HeldSentence) -> bool:
    theirs, ours = line.described.person, held.described.person
    other_number = any(
        kind in ours.numbers and not ours.has(kind, number)
        for kind, number in theirs.numbers.items()
    )
    court = {line.described.court, held.described.court} - {""}
    other_offence = line.offence_code and line.offence_code not in (held.offence_codes or {""})
    lengths = {plain_length(term) for term in held.terms}
    other_length = lengths and line.imposed.term and plain_length(line.imposed.term) not in lengths
    return bool(other_number or len(court) > 1 or other_offence or other_length)


def _parts(line: Line, held: HeldSentence, rarity: Rarity) -> Iterator[Part]:
    if line.described.court and line.described.court == held.described.court:
        yield Part("court equal", rarity.court)
    if line.offence_code and line.offence_code in held.offence_codes:
        yield Part("offence equal", rarity.offence)
    if held.terms and line.imposed.term:
        yield Part("length equal", rarity.length)
