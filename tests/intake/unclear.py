"""Makes up results that are or may be custody, as courts write them, with harmless ones beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from vcs.intake.results import result_tables
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind

NOTES = (
    "Less 41 days on remand",
    "Credit for guilty plea",
    "Notice of appeal given",
    "Reduced for plea",
    "Bail refused",
    "Warrant of arrest withdrawn",
    "Costs £85",
    "Victim surcharge £190",
    "Disqualified from driving for 3 years",
    "Restraining order until 3 May 2030",
    "Total 4 years",
    "Remanded in custody until 3 May for sentence on another matter",
    "Fined £200",
    "Community order 12 months",
    "Collection order made",
    "Hearing on 3 May 2026 at 10:00",
    "Adjourned",
    "Reasons: so serious",
    "Costau £85",
)

"""What a court writes beside a sentence; none of it takes a sentence away."""

FORMS = (
    "Prison {length}",
    "prison for {length}",
    "{length} imprisonment",
    "{length}' imprisonment",
    "Imprisonment for a term of {length}",
    "Sent to prison for {length}",
    "Committed to prison, {length}",
    "{length} in custody",
    "Custody {length}",
    "Detention for {length}",
    "Sentenced to {length}",
    "Jailed for {length}",
    "Gaol, {length}",
    "Sent down for {length}",
    "{length} inside",
    "Carchar am {length}",
    "Dedfryd o {length}",
    "YOI {length}",
    "SOPC {length}",
    "EDS {length}",
    "Custodial term {length}",
    "To serve {length}",
    "Young offender institution: {length}",
    "Section 250, {length}",
    "Imprisonment",
    "Imprisonment at Leeds",
    "Immediate custody",
    "Custodial sentence",
    "Detention",
    "Life imprisonment",
    "Hospital order",
    "Extended sentence",
    "Carcharu",
    "{length}",
)

LENGTHS = (
    "12 months",
    "3 years",
    "three years",
    "18 mths",
    "2 yrs 6 mths",
    "two and a half years",
    "36/12",
    "30 Months",
    "1 year and 3 months",
    "3 blynedd",
    "36 mis",
    "60 weeks",
    "400 days",
)

UNTOLD = (
    "Reference 77",
    "A new order",
    "Form B",
    "Disposal as announced",
    "xxx",
    "Gorchymyn newydd",
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A result as a feed would carry it; what is empty is not stated."""

    code: str = ""
    definition: str = ""
    label: str = ""
    words: str = ""
    group: str = "FINAL"
    length: str = ""
    beside: tuple[str, ...] = field(default=())

    def in_words(self) -> str:
        """Write it as somebody would tell it."""
        said = f"code {self.code or 'none'}, “{self.label}”, “{self.words}”, {self.group}"
        return f"{said}, length {self.length or 'none'}, beside {self.beside or 'nothing'}"


def pronounced(chance: Random) -> str:
    """Return custody in words, at times with a slip of the pen, among notes."""
    form = chance.choice(FORMS)
    said = form.format(length=chance.choice(LENGTHS))
    if "{" not in form and chance.random() < 0.3:
        said = _with_a_slip(said, chance)
    said = chance.choice((said, said, said.upper(), said.lower()))
    notes = chance.sample(NOTES, chance.choice((0, 1, 1, 2)))
    parts = [*notes, said]
    chance.shuffle(parts)
    return chance.choice((". ", "; ", ".\n")).join(parts)


def _with_a_slip(said: str, chance: Random) -> str:
    """Drop, double or swap a letter inside a long word of custody."""
    word = max(said.split(), key=len)
    if len(word) < 8:
        return said
    at = chance.randrange(2, len(word) - 2)
    slipped = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return said.replace(word, slipped)


def _of_kinds(kinds: frozenset[SentenceKind]) -> tuple[list[str], list[dict[str, str]]]:
    names = {kind.name.lower() for kind in kinds}
    codes = [row["cjs_code"] for row in result_tables.CODES if row["kind"] in names]
    return codes, [row for row in result_tables.DEFINITIONS if row["kind"] in names]


CUSTODY_CODES, CUSTODY_DEFINITIONS = _of_kinds(
    IMMEDIATE_CUSTODY | {SentenceKind.HOSPITAL_ORDER, SentenceKind.UNKNOWN}
)

HARMLESS_CODES = ("3011", "3117", "3007", "4028", "4027", "1015", "1116", "3012", "4506")

NO_DEFINITION = "5b0f0ad2-0000-4000-8000-{number:012}"


def known_custody(chance: Random) -> Unclear:
    """Return a sentence that the tables know, a year long or longer."""
    length = chance.choice(("", "12 Months", "2 Years", "30 Months"))
    if chance.random() < 0.5:
        code = chance.choice(CUSTODY_CODES)
        title = result_tables.TITLES[code]
        return Unclear(code, label=title, words=title, group=_group(chance), length=length)
    row = chance.choice(CUSTODY_DEFINITIONS)
    opening = f"{row['short_code']} - {row['label']}"
    return Unclear(
        row["cjs_code"], row["result_definition_id"], row["label"], opening, "FINAL", length
    )


def unknown_code(chance: Random) -> Unclear:
    """Return a code that no table holds, in any group."""
    code = str(chance.randrange(1000, 10000))
    while code in result_tables.BY_CJS_CODE:
        code = str(chance.randrange(1000, 10000))
    label = chance.choice((*UNTOLD, pronounced(chance)))
    return Unclear(code, _new(chance), label, label, _group(chance))


def unknown_definition(chance: Random) -> Unclear:
    """Return a result without a code, of a definition that no table holds."""
    label = chance.choice((pronounced(chance), pronounced(chance), chance.choice(UNTOLD)))
    words = chance.choice((label, "", f"{label}\n{chance.choice(NOTES)}."))
    return Unclear("", _new(chance), label, words, _group(chance, interim=False))


def free_text(chance: Random) -> Unclear:
    """Return a result that is told by its text alone."""
    said = pronounced(chance)
    row = chance.choice([row for row in result_tables.DEFINITIONS if row["kind"] == "free_text"])
    words = chance.choice((said, f"{row['short_code']} - {row['label']}\n{said}"))
    return Unclear(
        chance.choice(("1000", "")),
        row["result_definition_id"],
        row["label"],
        words,
        _group(chance),
    )


def contradicted(chance: Random) -> Unclear:
    """Return a result whose code imposes nothing, or no custody, and whose words do."""
    code = chance.choice(HARMLESS_CODES)
    length = chance.choice(LENGTHS[:2])
    words = chance.choice(("Imprisonment for {0}", "Sent to prison for {0}", "{0} imprisonment"))
    title = result_tables.TITLES[code]
    return Unclear(code, "", title, f"{title}. {words.format(length)}", _group(chance))


MAKERS = (known_custody, unknown_code, unknown_definition, free_text, contradicted)


def made_up(chance: Random) -> Unclear:
    """Return a result that is or may be custody, and the codes of what stands beside it."""
    made = chance.choice(MAKERS)(chance)
    beside = tuple(chance.sample(HARMLESS_CODES, chance.choice((0, 0, 1, 2))))
    return Unclear(
        made.code, made.definition, made.label, made.words, made.group, made.length, beside
    )


def _new(chance: Random) -> str:
    return NO_DEFINITION.format(number=chance.randrange(10**12))


def _group(chance: Random, *, interim: bool = True) -> str:
    return chance.choice(("FINAL", "ANCILLARY", "INTERMEDIARY" if interim else "FINAL", ""))
