"""The words of a digest's rows: age, why the reader is told, what happens next and when."""

from __future__ import annotations

from datetime import date

from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.facts import Row, Settled
from vcs.alerts.digest.recipients.told import Acts, Rules, Told, stands_of
from vcs.alerts.rungs.ladder import LadderRow, Rung, Stand
from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import is_working_day, working_days_between

_WHY = {
    Stand.OFFICER: "you are its officer",
    Stand.UNIT_ADMINISTRATOR: "you give referrals to officers",
    Stand.MANAGER: "you manage the unit",
    Stand.HEAD: "you are the head of public protection",
    Stand.ADMINISTRATOR: "you are an administrator",
}

_A_STAND = {
    Stand.OFFICER: "the officer",
    Stand.UNIT_ADMINISTRATOR: "the unit administrator",
    Stand.MANAGER: "the unit manager",
    Stand.HEAD: "the head of public protection",
    Stand.DIRECTOR: "the head of public protection",
    Stand.ADMINISTRATOR: "an administrator",
}

_NOBODY_BEFORE = "nobody before you can be told of it, and {}"

_STAYS = "It stays in this email each working day until it is settled or a plan runs."


def row(rules: Rules, told: Told, is_new: bool) -> Row:
    """Return a matter as a row of one person's digest."""
    matter, acts = told.matter, rules.acts_on(told.matter)
    officer = rules.directory.people.get(matter.officer_id or 0)
    return Row(
        matter.key,
        matter.reference,
        matter.path,
        _what(matter),
        age(matter, rules.today),
        matter.due_on,
        officer.initials if officer else "",
        _why(told, acts, rules.today),
        next_words(rules, told),
        _plan_words(told, acts, rules.today),
        is_new,
        matter.lowest is Stand.OFFICER,
    )


def _what(matter: Matter) -> str:
    title = duties.TITLES.get(matter.duty, matter.duty)
    if not matter.more_alike:
        return title
    return f"{title}. {matter.more_alike} more could not be read for the same reason"


def age(matter: Matter, today: date) -> str:
    """Return how long a matter is overdue, or has left, in working days."""
    if matter.is_missed(today):
        late = working_days_between(matter.due_on, today)
        return f"{_days(late)} overdue" if late else "less than 1 working day overdue"
    left = working_days_between(today, matter.due_on)
    if matter.due_on != today and not is_working_day(matter.due_on):
        soon = f"due on {matter.due_on:%A}"
        return f"{soon}, {_days(left)} left" if left else soon
    return f"due in {_days(left)}" if left else "due today"


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def _why(told: Told, acts: Acts, today: date) -> str:
    if told.rung is Rung.RAISED and acts.plan is not None:
        return _what_became(acts)
    reason = _WHY[told.reader.stand]
    covers = told.reader.stand is Stand.OFFICER and (
        told.reader.person.account_id != told.matter.officer_id
    )
    reason = "you cover for its officer" if covers else reason
    return _NOBODY_BEFORE.format(reason) if told.reader.passed_up else reason


def _what_became(acts: Acts) -> str:
    """Return what became of a plan that no longer runs."""
    if acts.holder_has_left:
        return f"{acts.holder_initials} planned it and has left"
    if not acts.holder_is_here:
        return f"{acts.holder_initials} planned it and is away until then, or does not have it now"
    day = acts.plan.until_on if acts.plan else None
    until = in_words(day) if day else "a day"
    return f"the plan of {acts.holder_initials} for {until} has passed"


def next_words(rules: Rules, told: Told) -> str:
    """Return who is told next and on which day, if nobody acts."""
    for row_of in rules.ladder(told.matter):
        day = told.days.get(row_of.rung)
        if day is None or day <= rules.today:
            continue
        stands = _who_is_told(rules, told.matter, row_of)
        if stands:
            return f"{_told_words(told, row_of, stands)} on {in_words(day)}."
    return _STAYS


def _who_is_told(rules: Rules, matter: Matter, row_of: LadderRow) -> tuple[Stand, ...]:
    """Return where those stand whom a rung reaches, as the staff directory is today."""
    wanted = stands_of(row_of, matter)
    found = (reader.stand for one in wanted for reader in rules.directory.readers(matter, one))
    return tuple(dict.fromkeys(found))


def _told_words(told: Told, row_of: LadderRow, stands: tuple[Stand, ...]) -> str:
    if stands == (told.reader.stand,):
        return "You have it on the weekly list" if row_of.is_weekly else "You are told again"
    whom = " and ".join(_A_STAND[one] for one in stands)
    if row_of.is_weekly:
        verb = "have it on the weekly list" if len(stands) > 1 else "has it on the weekly list"
    else:
        verb = "are told" if len(stands) > 1 else "is told"
    return f"{whom[0].upper()}{whom[1:]} {verb}"


def _plan_words(told: Told, acts: Acts, today: date) -> str:
    said = []
    until = acts.plan.until_on if acts.plan else None
    if until is not None and acts.stands(today):
        said.append(f"{acts.holder_initials} has a plan for {in_words(until)}.")
    # Whoever is told because a plan has passed reads that as the reason.
    if acts.has_passed(today) and told.rung is not Rung.RAISED:
        became = _what_became(acts)
        said.append(f"{became[0].upper()}{became[1:]}, and the next person up is told.")
    if told.matter.in_question:
        said.append("The court told something else since, and a person is deciding on it.")
    if acts.disputed_by:
        said.append(f"{acts.disputed_by} disputes it, and a person is asked.")
    return " ".join(said)


def settled(matter: Matter, is_open: bool) -> Settled:
    """Return what became of a matter that a reader was told of."""
    if matter.settled_on is not None:
        late = working_days_between(matter.due_on, matter.settled_on)
        words = f"Settled on {in_words(matter.settled_on)}, {_days(max(late, 0))} late."
    elif is_open:
        words = "It is with another reader now."
    else:
        words = "It is no longer owed."
    return Settled(matter.reference, matter.path, words)
