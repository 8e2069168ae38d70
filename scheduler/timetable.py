"""Every job in one table: what, and why in a sentence. All of them run at every tick.

The order matters: what a message brings may be overdue already, and what is overdue owes an
alert. Times are never set here; what is due is read from the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scheduler import events, jobs, names, officers, past, people, reviews, staff
from scheduler.jobs import Done, Sweep

TICK_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Job:
    """One row."""

    name: str
    why: str
    run: Callable[[Sweep], Done]


TIMETABLE: tuple[Job, ...] = (
    Job(
        "read-messages",
        "A court message that was kept and not read could hide a sentence.",
        jobs.read_messages,
    ),
    Job(
        "decide-again",
        "A corrected law must reach the sentences that were decided by the old one.",
        past.decide_again,
    ),
    Job(
        "attach-referrals",
        "A victim who was referred before the sentence must be in the referral once it is there.",
        jobs.attach_referrals,
    ),
    Job(
        "ask-about-late-referrals",
        "A referral whose sentence never comes may be for a case that we were not told of.",
        jobs.ask_about_late_referrals,
    ),
    Job(
        "count-again",
        "A bank holiday that became known moves what is still open, before it counts as missed.",
        jobs.count_again,
    ),
    Job(
        "hand-over-hidden",
        "A referral that its officer may no longer see must not lie with them unworked.",
        staff.hand_over_hidden,
    ),
    Job(
        "let-managers-in",
        "A case that only named people may see must not wait for people who have left.",
        staff.let_managers_in,
    ),
    Job(
        "mark-missed",
        "A duty that was missed must come to somebody's notice once, and stay on record.",
        jobs.mark_missed,
    ),
    Job(
        "notice-late-decisions",
        "What waits for a person's decision owes no other alert, so it must not wait unseen.",
        jobs.notice_late_decisions,
    ),
    Job(
        "notice-emergencies",
        "Managers are told at once of a case that was opened by somebody who may not see it.",
        staff.notice_emergencies,
    ),
    Job(
        "notice-unusual-reading",
        "Whoever looks up people outside their work must not do it unseen for longer than a sweep.",
        staff.notice_unusual_reading,
    ),
    Job(
        "withdraw-letters",
        "A letter whose address or sentence changed after its approval must not be posted.",
        jobs.withdraw_letters,
    ),
    Job(
        "digest-people",
        "Whether somebody is known already is found by digests, which follow the sealing keys.",
        people.digest_people,
    ),
    Job(
        "join-sets",
        "Somebody in a referral that was opened meanwhile is told of what the others are told.",
        events.join_sets,
    ),
    Job(
        "keep-word",
        "While an offender is at large, people are owed word again and again until he is back.",
        events.keep_word,
    ),
    Job(
        "notice-late-telling",
        "Whoever should have been told by now must be told at once, and their manager must know.",
        events.notice_late_telling,
    ),
    Job(
        "offer-at-events",
        "Whoever asked to be asked again at an event, or never replied, must be asked before it.",
        events.offer_at_events,
    ),
    Job(
        "ask-again",
        "Whoever said not now must be asked again on the day they named, and nobody remembers it.",
        people.ask_again_after_not_now,
    ),
    Job(
        "review-declines",
        "What was decided against a victim is looked at again on its day, and not forgotten.",
        reviews.review_declines,
    ),
    Job(
        "ask-who-covers",
        "A referral whose officer is away must be in somebody's hand on every day.",
        officers.ask_who_covers,
    ),
    Job(
        "ask-about-transfers",
        "A referral offered to another region must not wait there for an answer unseen.",
        officers.ask_about_transfers,
    ),
    Job(
        "list-names",
        "Somebody on the telephone is found by a name, however it is spelt, or not found at all.",
        names.list_names,
    ),
    Job(
        "ask-needs-again",
        "What somebody needs changes, and nobody may be left with what they said a year ago.",
        people.ask_needs_again,
    ),
    Job(
        "ask-needs-at-triggers",
        "A recall, a release that nears or an 18th birthday changes what somebody needs.",
        people.ask_needs_at_triggers,
    ),
    Job(
        "watch-ages",
        "Nobody who turns 18 may be spoken for by somebody else without having been asked.",
        people.watch_ages,
    ),
    Job(
        "compare-births",
        "A victim who is also an offender changes who may see what, and a person must know it.",
        people.compare_births,
    ),
    Job(
        "prove-ledger",
        "Once a day, that no message and no sentence fell between two states is proved.",
        jobs.prove_ledger,
    ),
    Job(
        "count-feeds",
        "What a court's rhythm is, and which codes nobody knows, is learnt from what came.",
        jobs.count_feeds,
    ),
    Job(
        "notice-silence",
        "A court that sends nothing may be a court whose victims are never told.",
        jobs.notice_silence,
    ),
    Job(
        "notice-set-aside",
        "A message that nobody could read may hold a sentence, and grows no better by waiting.",
        jobs.notice_set_aside,
    ),
    Job(
        "notice-unopened",
        "A value that no key opens is a person's details lost, unless somebody brings them back.",
        jobs.notice_unopened,
    ),
    Job(
        "notice-calendar",
        "A deadline counted beyond the proclaimed bank holidays may be wrong by a day.",
        jobs.notice_calendar,
    ),
    Job(
        "send-alerts",
        "The manager of the region is told of every miss, however long mail was down.",
        jobs.send_alerts,
    ),
    Job(
        "remove-bodies",
        "What a court sent names people; it is kept for as long as it may have to be read again.",
        jobs.remove_bodies,
    ),
    Job(
        "remove-kept-forms",
        "What somebody typed before they were signed out may hold an address: it is kept an hour.",
        names.remove_kept_forms,
    ),
)
