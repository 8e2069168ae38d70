"""What stands in a field for a name and is no part of a name: a note, a death, a second person.

A letter prints the name as it is held. The rule leans to asking: a person can say that a doubtful
word is part of the name, and nobody can take back "Dear Ann Lis (deceased)".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final


class NoteKind(StrEnum):
    """What a note beside a name is about."""

    DECEASED = "deceased"
    DO_NOT_CONTACT = "do_not_contact"
    CARE_OF = "care_of"
    NEEDS = "needs"
    SAFETY = "safety"
    SEVERAL_PEOPLE = "several_people"
    ACTS_FOR = "acts_for"
    NO_NAME = "no_name"
    NUMBER = "number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """Words that are no part of a name. ``may_be_a_name``: some people are called so."""

    kind: NoteKind
    words: str
    may_be_a_name: bool = False


STOPS_ALL_CONTACT: Final = (NoteKind.DECEASED, NoteKind.DO_NOT_CONTACT)

_LONGEST_NAME = 9

_TOO_LIKE = 0.8

_SIR_OR_MADAM = re.compile(r"sir(?: or |/)madam|madam(?: or |/)sir", re.IGNORECASE)

_TITLES: Final = frozenset(("mr", "mrs", "miss", "ms", "mx", "master", "sir", "lady", "dame"))

_ABBREVIATED: Final = frozenset(
    ("mr", "mrs", "miss", "dr", "prof", "revd", "messrs", "capt", "hon", "esq", "snr", "jnr")
)

_AFTER_A_COMMA: Final = re.compile(
    r",\s*(?:[A-Z]{2,4}|Ph\.?D|[BM]Sc|Jr|Jnr|Sr|Snr|Esq)\.?(?=\s*(?:,|$))"
)

_PARTICLES: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a ab af al ap av aw bat ben bin bint ciu d da dal dalla dalle dan das de degli dei
        del dela della delle den der des di do dos du e ed ei el en er es et ferch fitz
        fab i ibn il ka kwa l la las le les lo los lu mac mc mab nee ni nic o op os san
        sant st t te ten ter tot u ua ui un und v van vande vander vd ved verch von vom wa
        y z za zu zum zur
        """,
    )
)

# Words of which nobody is called: found also where a hyphen joins them to a name.
_CERTAIN: Final[tuple[tuple[NoteKind, str], ...]] = (
    (
        NoteKind.DECEASED,
        r"deceased|decease|dec['’]d|decd|dcsd|r\.\s?i\.\s?p\b\.?|passed\s+(?:away|on|over)"
        r"|\(\s*dead\s*\)|(?:is|now|found)\s+dead"
        r"|died|murdered|killed|homicide|suicide|in\s+memory|memorial|departed"
        r"|no\s+longer\s+(?:alive|living|with\s+us)|not\s+(?:alive|living)|the\s+late|y\s+diweddar"
        r"|ymadawedig|wedi\s+marw|(?:the\s+)?estate\s+of|executors?|executrix|probate"
        r"|personal\s+reps?(?:resentatives?)?",
    ),
    (
        NoteKind.DO_NOT_CONTACT,
        r"do(?:es)?\s*n(?:o|['’])?t|(?:do(?:es)?n['’]?o?t|no)contact|dnc|d\.n\.c|not|never|contact(?:ed|s|ing)?|uncontactable"
        r"|no\s+(?:further|more|letters?|calls?|phone|telephone|post|mail|emails?|texts?|visits?"
        r"|voice\s?mails?|messages?|reply|answer|correspondence|communication)"
        r"|opted[\s-]*(?:out|in)|opt(?:s|ing)?[\s-]+(?:out|in)|refus(?:ed|es|al)|declined|declines|withdrawn|withdrew"
        r"|unsubscribed?|leave\s+alone|harass\w*|peidiwch|dim\s+cysyllt\w*",
    ),
    (
        NoteKind.CARE_OF,
        r"care\s+of|c\s?/\s?o|c\.o\.|℅|in\s+care|refuge|hostel|women['’]?s\s+aid|hospital|hospice"
        r"|hmp|hmyoi|nursing\s+home|care\s+home|flat\s+\d+|p\.?o\.?\s+box|no\s+fixed|nfa"
        r"|(?:old|new|previous|current|no)\s+address|gone\s+away",
    ),
    (
        NoteKind.NEEDS,
        r"deaf|hard\s+of\s+hearing|bsl|sign\s+language|interpreters?|translators?|translation"
        r"|(?:large|big)\s+print|easy\s+read|braille|audio|wheelchair|disab(?:led|ility|ilities)"
        r"|autis(?:tic|m)|adhd|dementia|alzheimer\w*|learning\s+(?:difficult\w*|disab\w*)"
        r"|(?:partially|visually)\s+(?:sighted|impaired)|non[\s-]?verbal|illiterate|dyslexi[ac]"
        r"|cannot|can['’]?t|(?:can|will|must|should|please)\s+(?:only|not|use|be|call|ring|text"
        r"|email|write|read|speak)|needs|prefers|requires|speaks\s+\w+|(?:\w+\s+)?speaker\s+of"
        r"|non[\s-]?english|(?:text|phone|email|letters?|post|calls?|sms|welsh|mobile)\s+only"
        r"|only\s+(?:text|phone|email|letters?|post|calls?|sms|by|via|on)|byddar|whats\s?app",
    ),
    (
        NoteKind.SAFETY,
        r"not\s+safe|unsafe\s+\w+|at\s+risk|high\s+risk|asap|beware|safeguarding|marac|perpetrator"
        r"|offender|defendant|suspect|see\s+(?:file|note|notes|log)|via\s+\w+",
    ),
    (
        NoteKind.SEVERAL_PEOPLE,
        r"and|&|plus|family|families|household|occupiers?|children|siblings?|twins|parents"
        r"|both|et\s+al|others",
    ),
    (
        NoteKind.ACTS_FOR,
        r"(?:on\s+)?behalf(?:\s+of)?|obo|o\.b\.o|next\s+of\s+kin|nok|guardian|carer|appointee"
        r"|(?:mother|mum|mam|father|dad|parent|wife|widow|widower|husband|son|daughter|sister"
        r"|brother|partner|relative|friend|aunt|uncle|nan|gran|grandmother|grandfather|child|baby"
        r"|victim|spouse|foster\s+\w+)\s+(?:of|to|for)|spokes(?:person|man|woman)|attn|f\.?a\.?o"
        r"|for\s+the\s+attention|a\.?\s?k\.?\s?a|alias|(?:also|now|formerly|previously|better)"
        r"\s+known\s+as|known\s+as|formerly|previously|maiden\s+name|preferred\s+name"
        r"|solicitors?|advocate|isva|idva|social\s+(?:worker|services)|support\s+worker",
    ),
    (
        NoteKind.NO_NAME,
        r"not\s+known|name\s+(?:unknown|withheld|not\s+given)|to\s+be\s+confirmed|tbc|tba|n\s?/\s?"
        r"[ak]|unnamed|anonymous|withheld|redacted|complainant|aggrieved|injured\s+party|victim"
        r"|witness|unborn|anhysbys|test\s+(?:victim|person|record)|duplicate|do\s+not\s+use|xx+",
    ),
    (
        NoteKind.OTHER,
        r"aged\s+\w+|age|years?\s+old|yrs|y\.o\.|d\.?o\.?b|date\s+of\s+birth|born|mobile|tel|telephone"
        r"|phone|landline|email|e-mail|please|pls|works?\s+\w+|lives?\s+\w+|living\s+\w+|moved"
        r"|abroad|emigrated|minor|juvenile|address|is|was|has|been|be|if|but|because|until|before"
        r"|after|when|who|which|that|this|her|his|their|she|they|nights|mornings|evenings|weekends",
    ),
)  # fmt: skip

# Words that are notes as a rule, and that some people are called.
_DOUBTFUL: Final[tuple[tuple[NoteKind, str], ...]] = (
    (NoteKind.DECEASED, r"late|rip|dead|death|passed|dec\.?$|marw|angel\s+baby"),
    (NoteKind.NEEDS, r"blind|dall|only|speaks|speaker|signer|mute|text"),
    (
        NoteKind.SAFETY,
        r"risk|danger|alert|care|stop|threat|unsafe|vulnerable|violent|aggressive"
        r"|caution|warning|confidential|protected|restricted|urgent",
    ),
    (NoteKind.NO_NAME, r"unknown|blank|nobody|none|nil|someone|somebody"),
    (NoteKind.SEVERAL_PEOPLE, r"ac|or|with"),
    (NoteKind.ACTS_FOR, r"of|for|re|pp|parent|mother|mum|father|dad|child|baby|infant|per"),
    (NoteKind.OTHER, r"call|ring|home|away|prison|custody|minor|deed|poll"),
)

_ALSO_NAMES: Final = frozenset(
    ("never", "not", "contact", "memorial", "departed", "refusal", "dim")
)
"""Words that stop all contact beside a name, and that some people are called."""

_EDGE = r"(?<![\w'’-])(?:{})(?![\w'’-])"

_CERTAIN_PATTERNS: Final = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _CERTAIN
)

_DOUBTFUL_PATTERNS: Final = tuple(
    (kind, re.compile(_EDGE.format(words), re.IGNORECASE)) for kind, words in _DOUBTFUL
)

_SIGNS: Final[tuple[tuple[NoteKind, re.Pattern[str]], ...]] = (
    (NoteKind.OTHER, re.compile(r"[(\[{<][^)\]}>]*[)\]}>]?|[)\]}>]")),
    # A dash that stands apart; one between two letters joins a name.
    (
        NoteKind.OTHER,
        re.compile(
            r"(?:(?:^|\s)[-\u2010\u2011\u2013\u2014]+(?=\s|\S)|[-\u2010\u2011\u2013\u2014]+(?=\s|$)|--)\s*\S*.*"
        ),
    ),
    (NoteKind.NUMBER, re.compile(r"\+?\d[\d\s]*\d?")),
    (NoteKind.SEVERAL_PEOPLE, re.compile(r"[&+]")),
    (NoteKind.DECEASED, re.compile(r"[†✝✞]")),
    (NoteKind.OTHER, re.compile(r"[/=*#@?!\":;|~_%£$€\\,“”„«»…^•]|(?<!\w)['‘][^'’]+['’](?!\w)")),
)


def notes_in(name: str) -> tuple[Note, ...]:
    """Return what in a name is no part of it, what is certain first; empty for a plain name."""
    text = _cleaned(name)
    if _SIR_OR_MADAM.fullmatch(text):
        return ()
    text = _AFTER_A_COMMA.sub(" ", text).strip()
    doubts = () if _is_given_and_surname(text) else tuple(_doubts(text))
    found: list[Note] = []
    for note in (*_words(text), *_signs(text), *_shape(text), *doubts):
        if not any(note.words.casefold() in held.words.casefold() for held in found):
            found.append(note)
    return tuple(found)


def _is_given_and_surname(text: str) -> bool:
    """Say whether a name is two plain words: "Ann Risk" is called so, "Ann Lis Risk" may not be.

    Words of death and of nobody known count all the same.
    """
    words = text.split()
    plain = all(re.fullmatch(r"[^\W\d_]{2,}", word) for word in words)
    named = len(words) == 2 and plain and all(word.istitle() for word in words)
    weighty = any(
        pattern.search(text)
        for kind, pattern in _DOUBTFUL_PATTERNS
        if kind in {NoteKind.DECEASED, NoteKind.NO_NAME}
    )
    return named and not weighty and words[0].casefold() not in _TITLES


def _cleaned(name: str) -> str:
    """Return a name without invisible characters, and with letters written apart joined."""
    text = unicodedata.normalize("NFKC", re.sub("℅", "c/o", name))
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"} or c in "\n\t")
    text = re.sub(r"\s*\n\s*", "; ", text.strip())
    return re.sub(r"\b(?:\w[ .]){3,}\w\b", lambda m: re.sub(r"[ .]", "", m[0]), text)


def _words(text: str) -> Iterator[Note]:
    for kind, pattern in _CERTAIN_PATTERNS:
        for found in pattern.finditer(text):
            words = found[0].strip()
            yield Note(kind, words, may_be_a_name=_is_called_so(words, text))
    for word in re.findall(r"[^\W\d_]{6,}", text):
        if SequenceMatcher(None, word.casefold(), "deceased").ratio() >= _TOO_LIKE:
            yield Note(NoteKind.DECEASED, word)


def _is_called_so(words: str, text: str) -> bool:
    """Say whether words that stop all contact may be a surname: "Maria Memorial", "Jean Not"."""
    both = [word.casefold() for word in text.split()]
    other = [word for word in both if word not in _ALSO_NAMES]
    return words.casefold() in both and len(both) == 2 and len(other) == 1 and text.istitle()


def _signs(text: str) -> Iterator[Note]:
    for kind, pattern in _SIGNS:
        for found in pattern.finditer(text):
            yield Note(kind, found[0].strip())


def _doubts(text: str) -> Iterator[Note]:
    for kind, pattern in _DOUBTFUL_PATTERNS:
        for found in pattern.finditer(text):
            yield Note(kind, found[0].strip(), may_be_a_name=True)


def _shape(text: str) -> Iterator[Note]:
    """Find what reads as a sentence: a full stop within, small words among capitals, length."""
    words = text.split()
    for word in words[:-1]:
        bare = word.rstrip(".")
        ends = word.endswith(".") and "." not in bare
        if ends and len(bare) > 3 and bare.casefold() not in _ABBREVIATED:
            yield Note(NoteKind.OTHER, word)
    titles = {w.rstrip(".").casefold() for w in words} & {"mr", "mrs", "miss", "ms", "mx"}
    if len(titles) > 1:
        yield Note(NoteKind.SEVERAL_PEOPLE, " ".join(sorted(titles)))
    if any(word[:1].isupper() for word in words):
        for word in words:
            bare = re.sub(r"['’]s?$", "", word)
            small = bare.islower() and bare.isalpha() and len(bare) > 1
            if small and _plain(bare) not in _PARTICLES | _TITLES | {"dr", "prof"}:
                yield Note(NoteKind.OTHER, word, may_be_a_name=True)
    if len(words) > _LONGEST_NAME:
        yield Note(NoteKind.OTHER, " ".join(words[_LONGEST_NAME:]), may_be_a_name=True)


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c))
