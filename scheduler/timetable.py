"""Every job in one table: what, and why in a sentence. All of them run at every tick.

The order matters: what a message brings may be overdue already, and what is overdue owes an
alert. Times are never set here; what is due is read from the database.
"""

from __future__ import annotations

from scheduler import jobs
from scheduler.access import officers, staff
from scheduler.alerts import at_once, chasing, digests, sending
from scheduler.counted import keeping, past
from scheduler.jobs import Job
from scheduler.other_systems import custody, lists, partners
from scheduler.post import drafts, letters
from scheduler.victims import events, names, people, reviews

TICK_SECONDS = 30

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
        "keep-homes",
        "A home that a court told of before it was kept could be where a letter goes.",
        past.keep_homes,
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
        "settle-lines",
        "A sentence that a list named and we lacked may have come, and must not be looked for on.",
        lists.settle_lines,
    ),
    Job(
        "read-custody",
        "A release that a prison told of and nobody read is a victim who hears it elsewhere.",
        custody.read_custody_messages,
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
        "ask-about-letters-left",
        "A letter that left and is unsafe now, or was approved and never leaves, is somebody's.",
        letters.ask_about_left,
    ),
    Job(
        "draft-letters",
        "A letter that time or a change brings is drafted with nobody asking, and not forgotten.",
        drafts.draft_letters,
    ),
    Job(
        "draft-letters-to-others",
        "Witness care, youth teams, hospitals and probation must hear from us with nobody asking.",
        drafts.draft_to_others,
    ),
    Job(
        "withdraw-letters-to-others",
        "A letter to a partner that is not true any more must not leave.",
        drafts.withdraw_to_others,
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
        "ask-about-waiting",
        "What a victim asked for or was promised must not lie with nobody, or with who has left.",
        people.ask_about_waiting,
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
        "notice-at-once",
        "What may hurt somebody before the morning is told at once, and to the officer first.",
        at_once.notice_at_once,
    ),
    Job(
        "move-held-on",
        "A morning that was held must not be held because one person did not answer.",
        digests.move_held_on,
    ),
    Job(
        "write-digests",
        "Each working morning each reader gets one email with all that could wait until then.",
        digests.write_digests,
    ),
    Job(
        "send-alerts",
        "The manager of the region is told of every miss, however long mail was down.",
        sending.send_alerts,
    ),
    Job(
        "send-letters",
        "A letter that was given to GOV.UK Notify must go once, and not be lost with a fault.",
        letters.send_letters,
    ),
    Job(
        "ask-about-letters",
        "Only word from GOV.UK Notify that a letter was posted meets a duty, and word may be lost.",
        letters.ask_about_letters,
    ),
    Job(
        "keep-clocks",
        "A clock that an older calendar of bank holidays counted could be wrong by a day.",
        keeping.keep_clocks,
    ),
    Job(
        "owe-chases",
        "What is due from a witness care unit is asked for before its day, on it and after it.",
        chasing.owe_chases,
    ),
    Job(
        "send-chases",
        "A unit that is not told what is late does not know, and one email a day is enough.",
        chasing.send_chases,
    ),
    Job(
        "find-consulted",
        "An offender manager who asks and is not heard decides without what a victim asks for.",
        partners.find_consulted,
    ),
    Job(
        "tell-units",
        "A unit's program that hears nothing of its referrals asks by telephone, or not at all.",
        partners.tell_units,
    ),
    Job(
        "remove-bodies",
        "What a court sent names people; it is kept for as long as it may have to be read again.",
        jobs.remove_bodies,
    ),
    Job(
        "remove-custody",
        "What a prison sent names people, most of whom are nobody of ours: it is not kept on.",
        custody.remove_old_custody,
    ),
    Job(
        "remove-kept-forms",
        "What somebody typed before they were signed out may hold an address: it is kept an hour.",
        names.remove_kept_forms,
    ),
    Job(
        "remove-uploads",
        "A list that nobody had matched names people: it is kept for a day.",
        lists.remove_uploads,
    ),
    Job(
        "make-delays-known",
        "A quarter that is over is counted once, and stays as both sides saw it.",
        keeping.make_delays_known,
        once_a_tick=True,
    ),
    # Takes minutes where many sentences are stored: mail goes first, however much there is.
    Job("count-figures", "Nobody waits for figures.", keeping.count_figures, once_a_tick=True),
    Job("try-laws", "Nobody waits for a law that is only tried.", past.try_laws, once_a_tick=True),
)
