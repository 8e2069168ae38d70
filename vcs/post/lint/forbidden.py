"""**The** table of what a letter may be forbidden to say, and how each is found in words. Pure.

Looked for in what somebody wrote, and never in the fixed wording or in the row's other facts: a
court in Leeds, an address in Ford, a name that is a prison's are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vcs.post.lint.findings import Whose
from vcs.post.lint.names import nearly_names, parts_of_names, plain, whole_names
from vcs.post.lint.places import ALSO_WORDS, HOSPITALS, PRISONS, RELEASE_ADDRESS
from vcs.post.lint.welsh import PRISON, WELSH
from vcs.post.lint.when import ON_A_DAY, WHEN, WORKED_OUT, days_of_release
from vcs.post.rows.policy import Forbidden
from vcs.victims.places.postcodes import written
from vcs.victims.telling.home import holds_district, holds_postcode, lines_named
from vcs.victims.telling.reached import holds_email, holds_phone


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence that somebody wrote. ``known`` is the text of the row's other facts.

    ``fact`` is the name of the fact that the sentence stands in.
    """

    written: str
    known: str
    whose: Whose
    fact: str = ""


Finder = Callable[[Text], Iterator[str]]


def _any_of(pattern: str) -> Finder:
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(text: Text) -> Iterator[str]:
        return (found[0].strip() for found in compiled.finditer(text.written))

    return find


_PRISON_BESIDE: Final = re.compile(
    r"\b(?:HM\s?P(?:rison)?|HMYOI|YOI|prison|prisons|jail|gaol|custody|wing|cell|governor|inmate"
    r"|mov\w+\s+to|transferr\w+\s+to|held\s+(?:at|in)|serving\s+(?:at|in)|now\s+(?:at|in)"
    rf"|{PRISON}|symud\w*\s+i|gadw\s+yn|bellach\s+yn)\b",
    re.IGNORECASE,
)

_NAMED_PRISON: Final = re.compile(
    r"\b(?:HM\s?P|HMYOI|YOI|CEF|CEM)(?:\s*/\s*YOI)?\s+(?:[A-Z][\w'’-]*\s?)+"
    r"|\b(?:[A-Z][\w'’-]+\s)+(?:[Pp]rison|[Jj]ail|[Yy]oung\s[Oo]ffender|[Ss]ecure\s(?:[Tt]raining|[Ss]chool"
    r"|[Cc]hildren)|[Rr]emoval\s[Cc]entre)\b"
    r"|\b(?:[CcGg]|[Cc]h|[Nn]gh)archar(?:\s+(?:y\s+)?[A-Z][\w'’-]+)+"
)


_OF_HIM: Final = (
    r"\b(?:s?he|they|him|them|the\s+(?:person|prisoner|offender|man|woman)|mae|roedd|bu)\b"
    r"(?:(?!\b(?:you|we|court|hearing|trial|tribunal|appeal\w*|panel|sentenced|tried|llys|chi|gwrandawiad)\b)"
    r"[^.;!?])*?\b(?:in|at|to|from|near|by|yn|yng|ym|ger)\s+(?:the\s+)?"
)
_NO_COURT: Final = r"(?!\s+(?:Crown|Magistrates|Youth|County|Combined|Court))"
"""What stands before the name of a town to say that he is there, and what makes it a court's."""


def _says_that_he_is_in(town: str, sentence: str) -> bool:
    return bool(re.search(rf"{_OF_HIM}{town}\b{_NO_COURT}", sentence, re.IGNORECASE))


def _prisons(text: Text) -> Iterator[str]:
    named = [found[0].strip() for found in _NAMED_PRISON.finditer(text.written)]
    yield from named
    beside = _PRISON_BESIDE.search(text.written) is not None
    known, own = plain(text.known), plain(text.whose.name)
    for name in PRISONS:
        flags = 0 if name in ALSO_WORDS else re.IGNORECASE
        if any(name in one for one in named):
            continue
        spelt = re.escape(name).replace(r"\ ", r"[\s-]+")
        if not re.search(rf"\b{spelt}\b", text.written, flags):
            continue
        is_a_fact = f" {plain(name)} " in f" {known} " or f" {plain(name)} " in f" {own} "
        if beside or not is_a_fact or _says_that_he_is_in(spelt, text.written):
            yield name


def _exact_dates(text: Text) -> Iterator[str]:
    yield from days_of_release(text.written)


def _computed_dates(text: Text) -> Iterator[str]:
    if WORKED_OUT.search(text.written) and WHEN.search(text.written):
        yield text.written.strip()


def _hospitals(text: Text) -> Iterator[str]:
    for found in re.finditer(
        r"(?:\b[A-Z][\w'’-]*\s+){1,4}(?:Hospital|Clinic|Unit|Ward)\b", text.written
    ):
        yield found[0].strip()
    for name in HOSPITALS:
        if re.search(rf"\b{name}\b", text.written, re.IGNORECASE):
            yield name


def _offenders(text: Text) -> Iterator[str]:
    names = text.whose.offenders
    yield from parts_of_names(text.written, names, text.whose.name)
    yield from nearly_names(text.written, names, text.whose.name)


def _others(text: Text) -> Iterator[str]:
    yield from whole_names(text.written, text.whose.others, text.whose.name)


def _her_name(text: Text) -> Iterator[str]:
    yield from parts_of_names(text.written, [text.whose.name], "")


def _her_address(text: Text) -> Iterator[str]:
    *lines, last = text.whose.address or ("",)
    code = last if written(last) else ""
    yield from lines_named(text.written, lines if code else (*lines, last))
    if holds_postcode(text.written, code) or holds_district(text.written, code):
        yield code
    for way in text.whose.reaches_them:
        if holds_phone(text.written, way) or ("@" in way and holds_email(text.written, way)):
            yield way


_OF_ZONES: Final = frozenset(("conditions", "answers", "requests"))
_THEIR: Final = r"(?:your|her|his|their|the\s+victim['’]?s|a\s+victim['’]?s)\s+(?:own\s+|new\s+)?"
_THERE: Final = (
    r"(?:home|house|flat|address|street|road|village|estate|work(?:place)?|office|school|college"
    r"|church|mosque|gym|nursery|family\s+home|children['’]?s\s+school)\b"
)
_HOME: Final = re.compile(
    rf"\b{_THEIR}{_THERE}|\bwhere\s+(?:you|the\s+victim|she|he|they)\s+(?:live|work|go|stud|shop|pray)\w*"
    r"|\b(?:eich|[oai]['’]ch)\s+(?:cartref|t[ŷy]|fflat|stryd|gwaith|ysgol|pentref|cyfeiriad)\b"
    r"|\b(?:cartref|t[ŷy]|stryd|gwaith)\s+y\s+dioddefwr|\b(?:lle|ble)\s+(?:r?ydych|mae)\b[^.]*\b(?:byw|gweithio)\b",
    re.IGNORECASE,
)


def _zone_is_home(text: Text) -> Iterator[str]:
    if text.fact in _OF_ZONES:
        yield from (found[0] for found in _HOME.finditer(text.written))
        yield from _her_address(text)


def _more_than_wish(text: Text) -> Iterator[str]:
    pattern = (
        r"[\w.+'-]+@[\w-]+\.[\w.-]+|(?:\+44|\b0)[\d ]{9,13}\d\b|\bborn\b|\bdate\s+of\s+birth\b"
    )
    yield from _any_of(pattern)(text)
    yield from (found[0] for found in ON_A_DAY.finditer(text.written))


_FINDERS: Final[Mapping[Forbidden, Finder]] = {
    Forbidden.PRISON: _prisons,
    Forbidden.EXACT_DATE: _exact_dates,
    Forbidden.RELEASE_ADDRESS: _any_of(RELEASE_ADDRESS),
    Forbidden.MEDICAL: _any_of(
        r"\b(?:diagnos\w*|medicat\w*|schizo\w*|psychos[ie]s|psychotic|psychiatr\w*|psycholog\w*"
        r"|depress\w*|bipolar|personality\s+disorder|treatment|therap\w*|section\s+17|escorted\s+leave"
        r"|unescorted|detox\w*|rehab\w*|overdose\w*|self[- ]?harm\w*|suicid\w*|cancer|illness|ill\b"
        r"|mental\s+health|injection|drug\s+test\w*|methadone|autis\w*|ADHD|dementia)"
    ),
    Forbidden.OTHER_VICTIM: _others,
    Forbidden.COMPUTED_DATE: _computed_dates,
    Forbidden.OFFENCE_DETAILS: _any_of(
        r"\b(?:stab\w*|knife|knives|gun|weapon\w*|rape[ds]?|raping|punch\w*|kick\w*|strang\w*|assault\w*"
        r"|attack(?:ed|ing|s)?|murder\w*|kill\w*|manslaughter|wound\w*|burn(?:ed|t|ing)|hit\s+you"
        r"|sexual\w*|abus(?:ed?|ing)|grievous|GBH|ABH|robb(?:ed|ery)|kidnap\w*|stalk\w*|blood\w*)\b"
    ),
    Forbidden.OFFENDER_NAME: _offenders,
    Forbidden.ZONE_IS_HOME: _zone_is_home,
    Forbidden.STOCK_NOTHING: _any_of(
        r"\b(?:nothing\s+(?:has\s+happened|to\s+(?:report|tell|say)|new|has\s+changed)|no\s+(?:news"
        r"|changes?|updates?)\b|no\s+further\s+information|remains?\s+the\s+same|business\s+as\s+usual)"
    ),
    Forbidden.HOSPITAL: _hospitals,
    Forbidden.PRESSURE: _any_of(
        r"\b(?:you\s+(?:must|need\s+to|have\s+to|should)\s+(?:join|opt|reply|sign|decide)|last\s+chance"
        r"|only\s+chance|final\s+(?:notice|reminder)|if\s+you\s+do\s+not\s+reply|before\s+it\s+is\s+too"
        r"\s+late|strongly\s+(?:advise|recommend|urge)\w*|urge\s+you)"
    ),
    Forbidden.FULL_SCHEME: _any_of(
        r"\b(?:Victim\s+Contact\s+Scheme|every\s+stage|licen[cs]e\s+conditions?|parole|home\s+visit)\b"
    ),
    Forbidden.NEW_SENSITIVE: _any_of(
        r"\b(?:releas\w*|parole|recall\w*|appeal\w*|hospital|prison|licen[cs]e|escap\w*)\b"
    ),
    Forbidden.SPECULATION: _any_of(
        r"\b(?:may\s+have|might|probably|possibly|perhaps|we\s+(?:think|believe|suspect|guess)|likely"
        r"|rumou?r\w*|apparently|it\s+seems|presumably)\b"
    ),
    Forbidden.FULL_LICENCE: _any_of(
        r"\b(?:good\s+behaviour|supervising\s+officer|drug\s+test\w*|polygraph|keep\s+in\s+touch\s+with"
        r"|travel\s+outside|work\s+or\s+training|all\s+(?:the|his|her|their)\s+conditions|not\s+commit"
        r"\s+any\s+offence)\b"
    ),
    Forbidden.RISK_REASONS: _any_of(
        r"\b(?:risk\w*|breach\w*|because\s+(?:he|she|they)|drugs?|alcohol|drunk|failed\s+to|missed"
        r"|new\s+offen[cs]e|arrest\w*|charg(?:ed|es)|behaviour|threat\w*)\b"
    ),
    Forbidden.DOSSIER: _any_of(
        r"\b(?:dossier|psycholog\w*|report\s+(?:says|said|states)|offender\s+manager\s+(?:says|said)"
        r"|recommend(?:s|ed|ation)|programme|courses?|adjudication\w*|OASys)\b"
    ),
    Forbidden.DELIBERATIONS: _any_of(
        r"\b(?:panel\s+(?:felt|thought|was|were|noted|considered|discussed|heard)|majority|disagree\w*"
        r"|concern(?:s|ed)\s+(?:about|that)|took\s+into\s+account|remorse)\b"
    ),
    Forbidden.VICTIM_NAME: _her_name,
    Forbidden.VICTIM_ADDRESS: _her_address,
    Forbidden.MORE_THAN_WISH: _more_than_wish,
}


def _in_welsh_too(what: Forbidden, finder: Finder) -> Finder:
    in_welsh = _any_of(WELSH[what]) if what in WELSH else None

    def find(text: Text) -> Iterator[str]:
        yield from finder(text)
        yield from in_welsh(text) if in_welsh else ()

    return find


FINDERS: Final[Mapping[Forbidden, Finder]] = {
    what: _in_welsh_too(what, finder) for what, finder in _FINDERS.items()
}
