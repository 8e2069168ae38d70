"""The questions of the what-if form: what may be answered, and the facts that an answer stands for.

No answer is chosen beforehand, and each question can be answered with "not known".
"""

from __future__ import annotations

from collections.abc import Mapping

from vcs.law import rule_sets
from vcs.terms import Change, Finding, SentenceKind, Sequence

NOT_KNOWN = "unknown"

_K = SentenceKind

SENTENCES = {
    "imprisonment": ("Prison (21 or over)", _K.IMPRISONMENT),
    "yoi": ("Young offender institution (18 to 20)", _K.YOI_DETENTION),
    "detention": ("Detention under 18, section 250", _K.SECTION_250_DETENTION),
    "dto": ("Detention and training order", _K.DETENTION_AND_TRAINING),
    "extended": ("Extended sentence (under 18: section 254)", _K.EXTENDED),
    "concern": ("Offender of particular concern (under 18: section 252A)", _K.PARTICULAR_CONCERN),
    "terrorism": ("Serious terrorism sentence", _K.SERIOUS_TERRORISM),
    "life": ("Life, or custody for life", _K.LIFE),
    "pleasure": ("Detention during His Majesty's pleasure", _K.HM_PLEASURE),
    "protection": ("Imprisonment or detention for public protection", _K.INDETERMINATE),
    "unclear": ("Custody, of a kind that is not known", _K.CUSTODY_UNCLEAR),
    "suspended": ("Suspended sentence", _K.SUSPENDED),
    "varied": ("Suspended sentence, varied", _K.SUSPENDED_VARIED),
    "activated": ("Suspended sentence, activated", _K.SUSPENDED_ACTIVATED),
    "hospital": ("Hospital order", _K.HOSPITAL_ORDER),
    "restricted": ("Hospital order with a restriction order", _K.HOSPITAL_ORDER),
    "restriction": ("Restriction order, and no hospital order is stated", _K.RESTRICTION_ORDER),
    "directions": ("Prison with hospital and limitation directions", _K.HOSPITAL_DIRECTION),
    "interim": ("Interim hospital order", _K.INTERIM_HOSPITAL_ORDER),
    "remand": ("Remand to hospital", _K.REMAND_TO_HOSPITAL),
    "guardianship": ("Guardianship order", _K.GUARDIANSHIP),
    "supervision": ("Supervision order", _K.SUPERVISION_ORDER),
    "discharge": ("Absolute discharge", _K.ABSOLUTE_DISCHARGE),
    "default": ("Custody for not paying, or for contempt", _K.DEFAULT_CUSTODY),
    "community": ("Community order, fine or conditional discharge", _K.NON_CUSTODIAL),
    "unknown": ("Not known", _K.UNKNOWN),
}

AGES = {
    "child": "Under 18",
    "young": "18 to 20",
    "adult": "21 or over",
    NOT_KNOWN: "Not known",
}

RECORDED = {"yes": "Yes", "no": "No", NOT_KNOWN: "Not known"}

OTHERS = {
    "no": "No, this was the only one",
    "yes": "Yes",
    NOT_KNOWN: "Not known",
}

RUNS = {
    "consecutive": ("After this one (consecutive)", Sequence.CONSECUTIVE),
    "concurrent": ("At the same time as this one (concurrent)", Sequence.CONCURRENT),
    NOT_KNOWN: ("Not known, or some of each", Sequence.NOT_STATED),
}

FINDINGS = {
    "convicted": ("Convicted", Finding.CONVICTED),
    "insanity": ("Not guilty by reason of insanity", Finding.INSANITY),
    "unfit": ("Unfit to plead, and did the act", Finding.UNFIT_DID_THE_ACT),
    "not-convicted": ("Not convicted", Finding.NOT_CONVICTED),
    "quashed": ("Conviction quashed", Finding.QUASHED),
    "not-stated": ("Not known", Finding.NOT_STATED),
}

CHANGES = {
    "no": ("No", None),
    "appeal": ("On appeal", Change.APPEAL),
    "slip": ("Corrected by the court that passed it", Change.SLIP_RULE),
    "lenient": ("On a reference as unduly lenient", Change.UNDULY_LENIENT),
    "resentenced": ("Sentenced afresh", Change.RESENTENCED),
    "quashed": ("The sentence was quashed", Change.QUASHED),
    "varied": ("Varied, and it is not known how", Change.NOT_STATED),
}

COURTS = {
    "crown": "Crown Court",
    "magistrates": "Magistrates' court or youth court",
    "other": "Court Martial, or a court outside England and Wales",
    NOT_KNOWN: "Not known",
}

MOVES = {
    "no": ("No", None),
    "restricted": ("Yes, with restrictions", True),
    "unrestricted": ("Yes, without restrictions", False),
    "unknown": ("Yes, and it is not known whether with restrictions", None),
}

RULES = {row.id: row.title for row in rule_sets.RULE_SETS if row.in_force_from is None}

CHOICES: Mapping[str, Mapping[str, object]] = {
    "sentence": SENTENCES,
    "finding": FINDINGS,
    "notification": RECORDED,
    "others": OTHERS,
    "runs": RUNS,
    "change": CHANGES,
    "court": COURTS,
    "moved": MOVES,
    "rules": RULES,
    "age": AGES,
}

WITH_LENGTH = frozenset(
    {
        *("imprisonment", "yoi", "detention", "dto", "extended", "concern", "terrorism"),
        *("unclear", "suspended", "varied", "activated", "directions", "default", "unknown"),
    }
)

UNITS = ("years", "months", "weeks", "days")

DAYS = ("sentenced", "committed", "moved_on", "ended_on")

LABELS: Mapping[str, str] = {
    "code": "Offence code",
    "finding": "What did the court find?",
    "sentence": "What was the sentence?",
    "length": "How long is it?",
    "others": "Were other terms imposed with it?",
    "other_terms": "How long are the other terms?",
    "runs": "When do the others run?",
    "total": "Total that the court stated",
    "sentenced": "Date of the sentence",
    "committed": "Date of the offence",
    "age": "How old was the offender when sentenced?",
    "notification": "Did the court record sex offender notification for this offence?",
    "court": "Which kind of court was it?",
    "change": "Was the sentence changed after it was first passed?",
    "counted": "Days on remand or tagged bail that count",
    "released": "The offender walks free at once, for time served",
    "moved": "Was the offender later moved from prison to hospital?",
    "moved_on": "Date of the transfer direction",
    "ended_on": "Date on which hospital restrictions ended",
    "abuse": "It is a domestic abuse case",
    "died": "The offender is said to have died",
    "rules": "Which law?",
}

"""Each question as it is asked, in the order of the page."""

MORE = (
    *("court", "change", "counted", "released", "moved", "moved_on"),
    *("ended_on", "abuse", "died", "rules"),
)

"""The questions that most people leave alone."""

NAMES = frozenset({*LABELS, *UNITS})

"""Every field that belongs in an address: nothing else of it is read, shown or linked."""
