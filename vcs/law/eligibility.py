"""The test for the scheme, read from top to bottom like the sections.

Per offence: first the statutory routes, then the Victim Notification Scheme, then discretion.
One clear *no* closes a route; otherwise a missing fact makes it *cannot tell*, and never *no*.
"""

from __future__ import annotations

from collections.abc import Callable

from vcs.law import rule_sets
from vcs.law.conditions import outside, statutory
from vcs.law.decision import Decision, OffenceDecision, Reason
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.law.rule_sets import RuleSet
from vcs.law.sentences import IMMEDIATE_CUSTODY
from vcs.terms import Answer, Outcome, Route, SentenceKind, most_protective

Reasons = tuple[Reason, ...]


def decide(facts: SentencingFacts, as_if: RuleSet | None = None) -> Decision:
    """Decide one offender's sentencing occasion; pure, and the same facts give the same answer.

    ``as_if`` decides under another rule set than the one in force on the day of sentence, to show
    beforehand what commencing it would change.
    """
    rules = as_if or rule_sets.in_force_on(facts.sentenced_on)
    decided = tuple(decide_offence(offence, facts, rules) for offence in facts.offences)
    outcome = most_protective([o.outcome for o in decided] or [Outcome.CANNOT_TELL])
    route = next((o.route for o in decided if o.outcome is outcome and o.route), None)
    return Decision(outcome, route, rules.id, decided)


def decide_offence(
    offence: OffenceFacts, facts: SentencingFacts, rules: RuleSet
) -> OffenceDecision:
    """Ask every condition of the routes that the sentence opens, then what lies outside them."""
    route, reasons = _statutory(offence, facts, rules)
    answer = all_of(reasons)
    if answer is Answer.YES:
        return _offence(offence, facts, Outcome.STATUTORY, route, reasons)
    scheme = outside.notification_scheme(offence, facts)
    beyond = all_of(scheme) if scheme else Answer.NO
    if beyond is Answer.YES:
        outcome = Outcome.NOTIFICATION_SCHEME
        return _offence(offence, facts, outcome, Route.NOTIFICATION_SCHEME, reasons + scheme)
    if Answer.UNKNOWN in (answer, beyond):
        return _offence(offence, facts, Outcome.CANNOT_TELL, None, reasons + scheme)
    offered = outside.discretion(offence, facts)
    if offered and offered.answer is Answer.YES:
        reasons += (*scheme, offered)
        return _offence(offence, facts, Outcome.DISCRETIONARY, None, reasons)
    reasons += scheme + ((offered,) if offered else ())
    return _offence(offence, facts, Outcome.NOT_ELIGIBLE, None, reasons)


def all_of(reasons: Reasons) -> Answer:
    """Join conditions that must all hold: one clear no decides, then a missing fact."""
    answers = {reason.answer for reason in reasons}
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def _statutory(
    offence: OffenceFacts, facts: SentencingFacts, rules: RuleSet
) -> tuple[Route, Reasons]:
    """Return the best of the statutory routes: a yes before an unknown before a no."""
    order = (Answer.YES, Answer.UNKNOWN, Answer.NO)
    tried = [(route, ask(offence, facts)) for route, ask in _routes(offence, facts, rules)]
    return min(tried, key=lambda one: order.index(all_of(one[1])))


_Ask = Callable[[OffenceFacts, SentencingFacts], Reasons]


def _routes(
    offence: OffenceFacts, facts: SentencingFacts, rules: RuleSet
) -> list[tuple[Route, _Ask]]:
    kinds = {sentence.kind for sentence in offence.sentences}
    routes: list[tuple[Route, _Ask]] = []
    if SentenceKind.HOSPITAL_ORDER in kinds:
        restricted = facts.restricted or SentenceKind.RESTRICTION_ORDER in kinds
        route = Route.HOSPITAL_RESTRICTED if restricted else Route.HOSPITAL_UNRESTRICTED
        routes.append((route, _restricted if restricted else _unrestricted))
    if SentenceKind.HOSPITAL_DIRECTION in kinds:
        routes.append((Route.HOSPITAL_DIRECTION, _hospital_direction))
    if SentenceKind.RESTRICTION_ORDER in kinds and SentenceKind.HOSPITAL_ORDER not in kinds:
        routes.append((Route.HOSPITAL_RESTRICTED, _restriction_alone))
    if not routes or (kinds & IMMEDIATE_CUSTODY) - {SentenceKind.HOSPITAL_DIRECTION}:
        routes.append((Route.SECTION_35, _section_35))
    return [*routes, (Route.SCHEDULE_6A, _schedule_6a)] if rules.schedule_6a else routes


def _section_35(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """Section 35: convicted of a specified offence, and a relevant sentence for that offence."""
    return _some(
        statutory.in_force(facts),
        statutory.living(facts),
        statutory.a_person(offence, facts),
        statutory.convicted(offence),
        statutory.specified(offence, facts),
        statutory.immediate_custody(offence),
        statutory.twelve_months(offence, facts),
        statutory.legal_basis(offence, facts),
    )


def _schedule_6a(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """Schedule 6A, Part 2 (not yet commenced): a listed offence, with custody of any length."""
    return (
        outside.schedule_6a(offence, facts),
        statutory.convicted(offence),
        statutory.immediate_custody(offence),
    )


def _hospital_direction(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """Section 39: hospital and limitation directions, with a relevant sentence."""
    because = "the court gave a hospital direction and a limitation direction"
    given = Reason("hospital-direction", Answer.YES, because, "DVCVA 2004 s.39")
    return (given, *_section_35(offence, facts))


def _restricted(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """Sections 36 and 37: a hospital order with a restriction order, of any length."""
    because = "a restriction order was made with the hospital order"
    return _hospital_order(offence, facts) + _some(
        Reason("restriction-order", Answer.YES, because, "DVCVA 2004 s.37"),
        statutory.in_force(facts),
    )


def _unrestricted(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """Sections 36 and 36A: a hospital order without a restriction order, of any length."""
    because = "no restriction order was made: the hospital managers keep the victim informed"
    return _hospital_order(offence, facts) + _some(
        Reason("unrestricted", Answer.YES, because, "DVCVA 2004 s.36A"),
        statutory.in_force(facts, statutory.UNRESTRICTED_BEGAN),
    )


def _restriction_alone(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    """A restriction order presupposes a hospital order: alone, the message is incomplete."""
    because = "a restriction order was made, and the message holds no hospital order"
    missing = "whether a hospital order was made for this offence"
    return (
        statutory.found_to_have_done_it(offence, facts),
        statutory.specified(offence, facts),
        Reason("hospital-order", Answer.UNKNOWN, because, "DVCVA 2004 s.37", missing),
    )


def _hospital_order(offence: OffenceFacts, facts: SentencingFacts) -> Reasons:
    because = "the court made a hospital order, which has no least length"
    return _some(
        statutory.living(facts),
        statutory.found_to_have_done_it(offence, facts),
        statutory.specified(offence, facts),
        Reason("hospital-order", Answer.YES, because, "DVCVA 2004 s.36"),
    )


def _some(*reasons: Reason | None) -> Reasons:
    return tuple(reason for reason in reasons if reason)


def _offence(
    offence: OffenceFacts,
    facts: SentencingFacts,
    outcome: Outcome,
    route: Route | None,
    reasons: Reasons,
) -> OffenceDecision:
    title = offence.title or statutory.standing_of(offence, facts).title
    asked = outcome in (Outcome.CANNOT_TELL, Outcome.NOTIFICATION_SCHEME)
    questions = tuple(_question(r) for r in reasons if asked and r.answer is Answer.UNKNOWN)
    return OffenceDecision(
        offence.offence_code, offence.sequence, title, outcome, route, reasons, questions
    )


def _question(reason: Reason) -> str:
    change = reason.would_change or reason.because
    return change if change.endswith("?") else f"Find out {change}."
