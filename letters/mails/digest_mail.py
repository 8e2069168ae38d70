"""The mail of a morning, as plain text and as HTML: counts first, then what to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import fill

from letters.mails.templates import TEMPLATES
from vcs.alerts.digest.facts import Counts, Delay, DigestFacts, Row, SilentCourt, Week, Weekly
from vcs.clock import LONDON, london_date
from vcs.law.deadlines.duties import in_words

_WIDTH = 76

_PAGE = "/today"

_STILL_OPEN = "Told of at once, and still open"

_ON_THE_PAGE = "On the page:"

_HELD = (
    "This morning’s list is far longer than usual, and one person has been asked to look at it "
    "before it is sent. These are its numbers. Everything in it is on the page now."
)

_FOOT = (
    "You get one such email each working morning, also when there is nothing to do: if none comes "
    "by 8 o’clock, tell an administrator. It says nothing about any victim or offender. Please do "
    "not reply."
)


def counts_line(counts: Counts) -> str:
    """Return the numbers in a line: the subject of the mail, and its first words."""
    if counts.is_clear:
        return "All clear: nothing missed, feeds normal"
    said = [f"{counts.urgent} urgent and still open"] if counts.urgent else []
    said += [f"{counts.missed} missed", f"{counts.soon} due in 2 working days"]
    if counts.passed_up:
        said.append(f"{counts.passed_up} passed up to you")
    if counts.notices:
        said.append(_many(counts.notices, "other matter"))
    said.append(f"{_many(counts.silent, 'court')} silent" if counts.silent else "feeds normal")
    return ", ".join(said)


def digest_text(facts: DigestFacts, base_url: str, *, is_held: bool = False) -> tuple[str, str]:
    """Return a digest's subject and its plain text."""
    subject = counts_line(facts.counts)
    blocks = [_head(facts), *_first(facts, base_url, is_held=is_held)]
    blocks += _still_open(facts, base_url)  # never held: it could not wait even a morning
    if not is_held:
        blocks += _body(facts, base_url)
    blocks.append(_fill(_FOOT))
    return subject, "\n\n".join(one for one in blocks if one) + "\n"


def digest_html(facts: DigestFacts, base_url: str, *, is_held: bool = False) -> str:
    """Return the same digest as HTML for a small screen: no picture, and nothing to load."""
    return TEMPLATES.get_template("digest.html.jinja").render(
        facts=facts,
        title=counts_line(facts.counts),
        head=_head(facts).split("\n"),
        counts=list(count_lines(facts)),
        beyond=[one for one in _beyond(facts) if one != _ON_THE_PAGE],
        page=f"{base_url}{_PAGE}",
        base_url=base_url,
        held=_HELD if is_held else "",
        foot=_FOOT,
        in_words=in_words,
        still_open=_STILL_OPEN,
        week_name=_week_name,
        week_words=_week_words,
        over_words=_over_words,
        late_words=_late_words,
        link_of=_link,
        trend=_trend_words,
    )


def _head(facts: DigestFacts) -> str:
    return (
        f"{in_words(facts.day)}, {facts.region}\n"
        f"It covers from {_moment(facts.covers_from)} to {_moment(facts.covers_until)}."
    )


def _first(facts: DigestFacts, base_url: str, *, is_held: bool) -> Iterator[str]:
    yield _fill(_HELD) if is_held else ""
    yield "\n".join(count_lines(facts))
    yield "\n".join((*(_fill(one) for one in _beyond(facts)), f"{base_url}{_PAGE}"))


def count_lines(facts: DigestFacts) -> Iterator[str]:
    """Yield each number on a line of its own."""
    counts = facts.counts
    if counts.is_clear:
        yield "All clear: nothing is missed."
    if counts.urgent:
        yield f"Told of at once, and still open: {counts.urgent}"
    yield f"Missed: {counts.missed}" + (f", {counts.new} for the first time" if counts.new else "")
    if counts.planned:
        yield f"Missed and not repeated here, with a plan or put off: {counts.planned}"
    yield f"Due in 2 working days: {counts.soon}"
    yield f"Passed up to you: {counts.passed_up}"
    yield f"Settled since the last email: {counts.settled}"
    yield f"Feeds: {_many(counts.silent, 'court') + ' silent' if counts.silent else 'normal'}"


def _beyond(facts: DigestFacts) -> Iterator[str]:
    """Say how many are only on the page, and name those that were missed for the first time."""
    if facts.unnamed:
        more = "1 more is" if facts.unnamed == 1 else f"{facts.unnamed} more are"
        yield f"{more} not in this email. Everything is on the page:"
    else:
        yield _ON_THE_PAGE
    if facts.also_new:
        yield f"Missed for the first time, beside those below: {', '.join(facts.also_new)}."


def _body(facts: DigestFacts, base_url: str) -> Iterator[str]:
    for group in facts.groups:
        yield _fill(group.decision.upper())
        yield from (_row(one, base_url) for one in group.rows)
    yield from _listed("SILENT COURTS", (_silent(one) for one in facts.silent))
    yield from _listed("ALSO", facts.notices)
    settled = (f"{one.reference}: {one.words}" for one in facts.settled)
    yield from _listed("SETTLED SINCE THE LAST EMAIL", settled)
    if facts.weekly is not None:
        yield from _weekly(facts.weekly, base_url)


def _still_open(facts: DigestFacts, base_url: str) -> Iterator[str]:
    if not facts.still_open:
        return
    yield _STILL_OPEN.upper()
    for one in facts.still_open:
        yield f"{one.reference}\n{_fill(one.words)}\n{base_url}{one.path}"
    others = facts.counts.urgent - len(facts.still_open)
    if others:
        yield f"{others} more of these {'is' if others == 1 else 'are'} on the page."


def _silent(court: SilentCourt) -> str:
    return (
        f"{' '.join(court.name.split())}: nothing since {in_words(court.last_on)}, "
        f"{_many(court.quiet_for, 'working day')}. What it was to send is not counted above until "
        "it speaks."
    )


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    found = [_fill(one) for one in lines]
    if found:
        yield heading
        yield "\n".join(found)


def _row(row: Row, base_url: str) -> str:
    mark = "NEW: " if row.is_new else ""
    lines = [
        f"{mark}{row.reference}, {row.age}{row.with_whom}",
        f"{row.what}. Due {in_words(row.due_on)}.",
        f"Why you: {row.why}.",
        f"Next: {row.next}",
        row.plan,
    ]
    shown = "\n".join(_fill(one) for one in lines if one)
    return f"{shown}\n{_link(row, base_url)}"


def _link(row: Row, base_url: str) -> str:
    return f"{base_url}{_PAGE}/{row.matter.replace(':', '-')}"


def _weekly(weekly: Weekly, base_url: str) -> Iterator[str]:
    yield "THIS WEEK: 10 WORKING DAYS OVERDUE OR MORE"
    yield _fill(
        "This is the regional director’s list. No director has an account: it comes to you."
    )
    yield _fill(_over_words(weekly))
    yield from (f"{_fill(_late_words(one))}\n{_link(one, base_url)}" for one in weekly.over)
    yield "THIS WEEK: REFERRALS THAT FELL DUE, BY WEEK"
    yield _fill(_trend_words(weekly.weeks))
    yield "\n".join(f"{_week_name(one)}: {_week_words(one)}" for one in weekly.weeks)
    yield "THIS WEEK: HOW LONG WITNESS CARE TOOK, BY COURT AND AREA"
    yield "\n".join(_fill(_delay_words(one)) for one in weekly.delays) or "None fell due."


def _over_words(weekly: Weekly) -> str:
    """Say how many are on the weekly list, and how many of them are only on the page."""
    count = len(weekly.over) + weekly.unnamed
    if not count:
        return "Nothing is as late as that."
    late = "1 duty is" if count == 1 else f"{count} duties are"
    said = f"{late} as late as that, the latest first."
    return f"{said} {weekly.unnamed} of them are only on the page." if weekly.unnamed else said


def _late_words(row: Row) -> str:
    return f"{row.reference}: {row.age}{row.with_whom}. {row.what}."


def _week_name(week: Week) -> str:
    return f"Week of {week.begins_on.day} {week.begins_on:%B}"


def _week_words(week: Week) -> str:
    return f"{week.due} due, {week.in_time} in time, {week.missed} missed"


def _trend_words(weeks: tuple[Week, ...]) -> str:
    """Say in a sentence what the numbers of the weeks show."""
    half = len(weeks) // 2
    before = sum(one.missed for one in weeks[:half])
    since = sum(one.missed for one in weeks[half:])
    if before == since:
        return f"As many were missed in the last {len(weeks) - half} weeks as before: {since}."
    more = "More" if since > before else "Fewer"
    weeks_said = len(weeks) - half
    return f"{more} were missed in the last {weeks_said} weeks than before: {since}, from {before}."


def _delay_words(delay: Delay) -> str:
    took = (
        f"{delay.referred} referred, half of them within {_many(delay.median, 'working day')}, "
        f"the slowest after {delay.longest}"
        if delay.median is not None
        else "none referred"
    )
    return f"{delay.court}, {delay.area}: {took}; {delay.waiting} still awaited."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M} on {in_words(london_date(at))}"


def _fill(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
