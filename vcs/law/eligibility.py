"""The test for the scheme, read from top to bottom like the sections.

Per offence: first the statutory routes, then the Victim Notification Scheme, then discretion.
One clear *no* closes a route; otherwise a missing fact makes it *cannot tell*, and never *no*.
"""

from __future__ import annotations

from collections.abc import Callable

from vcs.law import rule_sets
from vcs.law.conditions import beyond_statute, hospital, notes, statutory
from vcs.law.conditions.count import Count, counts_of
from vcs.law.decision import Decision, OffenceDecision, Reason
from vcs.law.facts import SentencingFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.law.rule_sets import RuleSet
from vcs.terms import NO, UNKNOWN, YES, Answer, Outcome, Route, SentenceKind, most_protective

Reasons = tuple[Reason, ...]


def decide(facts: SentencingFacts, as_if: RuleSet | None = None) -> Decision:
    """Decide one offender's sentencing occasion; pure, and the same facts give the same answer.

    ``as_if`` decides under another rule set than the one in force on the day of sentence, to show
    beforehand what commencing it would change.
    """
    rules = as_if or rule_sets.in_force_on(facts.sentenced_on)
    decided = tuple([decide_offence(count) for count in counts_of(facts, rules)])
    outcome = most_protective([o.outcome for o in decided] or [Outcome.CANNOT_TELL])
    route = next((o.route for o in decided if o.outcome is outcome and o.route), None)
    return Decision(outcome, route, rules.id, decided, notes.urgent(decided))


def decide_offence(count: Count) -> OffenceDecision:
    """Ask every condition of the routes that the sentence opens, then what lies outside them."""
    route, reasons = _statutory(count)
    answer = all_of(reasons)
    if answer is YES:
        return _offence(count, Outcome.STATUTORY, route, reasons)
    scheme = beyond_statute.notification_scheme(count)
    beyond = all_of(scheme) if scheme else NO
    if beyond is YES:
        route = Route.NOTIFICATION_SCHEME
        return _offence(count, Outcome.NOTIFICATION_SCHEME, route, reasons + scheme)
    if answer is UNKNOWN or beyond is UNKNOWN:
        return _offence(count, Outcome.CANNOT_TELL, None, reasons + scheme)
    offered = beyond_statute.discretion(count)
    open_to_it = offered is not None and offered.answer is YES
    outcome = Outcome.DISCRETIONARY if open_to_it else Outcome.NOT_ELIGIBLE
    return _offence(count, outcome, None, reasons + scheme, None if offered in scheme else offered)


def all_of(reasons: Reasons) -> Answer:
    """Join conditions that must all hold: one clear no decides, then a missing fact."""
    answers = [reason.answer for reason in reasons]
    if NO in answers:
        return NO
    return UNKNOWN if UNKNOWN in answers else YES


_BEST_FIRST = (YES, UNKNOWN, NO)


def _statutory(count: Count) -> tuple[Route, Reasons]:
    """Return the best of the statutory routes: a yes before an unknown before a no."""
    tried = [(route, ask(count)) for route, ask in _routes(count)]
    if len(tried) == 1:
        return tried[0]
    return min(tried, key=lambda one: _BEST_FIRST.index(all_of(one[1])))


_Ask = Callable[[Count], Reasons]


def _routes(count: Count) -> list[tuple[Route, _Ask]]:
    """Return the routes that a sentence opens, the one with the closest duty first."""
    routes = [*_orders(count), *_transfers(count)]
    kinds = count.kinds
    if not routes or (kinds & IMMEDIATE_CUSTODY) - {SentenceKind.HOSPITAL_DIRECTION}:
        routes.append((Route.SECTION_35, _section_35))
    if count.occasion.rules.schedule_6a:
        routes.append((Route.SCHEDULE_6A, _schedule_6a))
    return routes


def _orders(count: Count) -> list[tuple[Route, _Ask]]:
    """Return the routes of the orders that the court made; a hand-over stands before its order."""
    kinds, ended = count.kinds, count.facts.restrictions_ended_on is not None
    routes: list[tuple[Route, _Ask]] = []
    if SentenceKind.HOSPITAL_ORDER in kinds:
        restricted = count.facts.restricted or SentenceKind.RESTRICTION_ORDER in kinds
        if restricted and ended:
            routes.append((Route.HANDED_OVER, _restrictions_ended))
        route = Route.HOSPITAL_RESTRICTED if restricted else Route.HOSPITAL_UNRESTRICTED
        routes.append((route, _restricted if restricted else _unrestricted))
    elif SentenceKind.RESTRICTION_ORDER in kinds:
        routes.append((Route.HOSPITAL_RESTRICTED, _restriction_alone))
    if SentenceKind.HOSPITAL_DIRECTION in kinds:
        if ended:
            routes.append((Route.HANDED_OVER, _limitation_ended))
        routes.append((Route.HOSPITAL_DIRECTION, _hospital_direction))
    return routes


def _transfers(count: Count) -> list[tuple[Route, _Ask]]:
    """Return the routes of a move from prison to hospital; the sentence's own stands after them."""
    transfer = count.facts.transfer
    if transfer is None or not count.kinds & IMMEDIATE_CUSTODY:
        return []
    if transfer.restricted is False:
        return [(Route.TRANSFER_UNRESTRICTED, _transferred)]
    routes: list[tuple[Route, _Ask]] = [(Route.TRANSFER_RESTRICTED, _transferred)]
    if transfer.restricted and count.facts.restrictions_ended_on is not None:
        routes.insert(0, (Route.HANDED_OVER, _transfer_ended))
    return routes


def _section_35(count: Count) -> Reasons:
    """Section 35: convicted of a specified offence, and a relevant sentence for that offence."""
    return _some(statutory.in_force(count.facts.sentenced_on), *_relevant_sentence(count))


def _relevant_sentence(count: Count) -> tuple[Reason | None, ...]:
    return (
        statutory.court(count.facts),
        statutory.living(count.facts),
        statutory.a_person(count),
        statutory.convicted(count),
        statutory.specified(count),
        hospital.final_disposal(count),
        hospital.another_order(count),
        statutory.immediate_custody(count),
        statutory.twelve_months(count),
        statutory.legal_basis(count),
    )


def _schedule_6a(count: Count) -> Reasons:
    """Schedule 6A, Part 2 (not yet commenced): a listed offence, with custody of any length."""
    return _some(
        statutory.court(count.facts),
        statutory.living(count.facts),
        beyond_statute.schedule_6a(count),
        statutory.convicted(count),
        statutory.immediate_custody(count),
    )


def _hospital_direction(count: Count) -> Reasons:
    """Section 39: hospital and limitation directions, with a relevant sentence."""
    return (hospital.directions(), *_section_35(count))


def _limitation_ended(count: Count) -> Reasons:
    """Section 41A: the limitation direction has ended while the stay in hospital goes on."""
    ended = hospital.restrictions_ended(count.facts, "DVCVA 2004 s.41A")
    return _some(*_hospital_direction(count), ended)


def _restricted(count: Count) -> Reasons:
    """Sections 36 and 37: a hospital order with a restriction order, of any length."""
    began = hospital.began_for(count.facts.sentenced_on, restricted=True)
    return _hospital_order(count) + _some(hospital.restricted(), began)


def _restrictions_ended(count: Count) -> Reasons:
    """Section 38B: the restriction order has ended while the hospital order goes on."""
    ended = hospital.restrictions_ended(count.facts, "DVCVA 2004 s.38B")
    return _some(*_restricted(count), ended)


def _unrestricted(count: Count) -> Reasons:
    """Sections 36 and 36A: a hospital order without a restriction order, of any length."""
    began = hospital.began_for(count.facts.sentenced_on, restricted=False)
    return _hospital_order(count) + _some(hospital.unrestricted(), began)


def _restriction_alone(count: Count) -> Reasons:
    """A restriction order presupposes a hospital order: alone, the message is incomplete."""
    return _hospital_order(count)


def _hospital_order(count: Count) -> Reasons:
    return _some(
        statutory.court(count.facts),
        statutory.living(count.facts),
        statutory.found_to_have_done_it(count),
        statutory.specified(count),
        hospital.order_made(count),
    )


def _transferred(count: Count) -> Reasons:
    """Sections 42 and 42A: a transfer direction given while a relevant sentence is served."""
    return _some(
        hospital.transferred(count.facts),
        hospital.restriction_direction(count.facts),
        hospital.transfer_in_force(count.facts),
        *_relevant_sentence(count),
    )


def _transfer_ended(count: Count) -> Reasons:
    """Section 44B: the restriction direction has ended while the stay in hospital goes on."""
    ended = hospital.restrictions_ended(count.facts, "DVCVA 2004 s.44B")
    return _some(*_transferred(count), ended)


def _some(*reasons: Reason | None) -> Reasons:
    return tuple(filter(None, reasons))


def _offence(
    count: Count,
    outcome: Outcome,
    route: Route | None,
    asked: Reasons,
    offered: Reason | None = None,
) -> OffenceDecision:
    """Build one offence's decision: reasons, notes that change nothing, then discretion."""
    offence = count.offence
    questions: tuple[str, ...] = ()
    if outcome is Outcome.CANNOT_TELL or outcome is Outcome.NOTIFICATION_SCHEME:
        questions = tuple([_question(r) for r in asked if r.answer is UNKNOWN])
    reasons = asked + notes.beside(count, outcome)
    if offered:
        reasons += (offered,)
    title = offence.title or count.standing.title
    return OffenceDecision(
        offence.offence_code, offence.sequence, title, outcome, route, reasons, questions
    )


def _question(reason: Reason) -> str:
    change = reason.would_change or reason.because
    return change if change.endswith("?") else f"Find out {change}."
