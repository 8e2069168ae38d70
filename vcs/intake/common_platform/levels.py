"""The parts of the platform's messages, level by level: what is read, and what is known and unread.

Taken from the platform's schemas and from real messages. A part that stands in neither list is
unknown: harmless beside what is read, and a reason to ask a person where that is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NONE: Mapping[str, Level] = MappingProxyType({})
_LIST, _OBJECT = frozenset({list, type(None)}), frozenset({dict, type(None)})
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """What one kind of object in a message may hold.

    ``lists`` and ``objects`` are read. Of each group in ``holds`` and ``tells`` one should be
    full, or all may be absent: where none is, an unknown part beside them, or a null, is a
    problem. ``holds`` lead to sentences; ``tells`` say who, which case, how long. A part that
    ``needs`` names must be there, and one that ``may_be_null`` names hides nothing when it is.
    ``says`` are plain values of which one at least must be there. ``dates`` must be dates.
    ``unread`` are known and not read. ``is_person`` marks the level of one offender. ``inside`` is
    all that is read, ``groups`` are those of ``holds`` and ``tells``, and ``types`` says what each
    part inside may be. ``has_people`` marks the level of an offender, and those around it.
    """

    lists: Mapping[str, Level] = field(default_factory=lambda: _NONE)
    objects: Mapping[str, Level] = field(default_factory=lambda: _NONE)
    holds: tuple[Group, ...] = ()
    tells: tuple[Group, ...] = ()
    needs: Group = ()
    may_be_null: Group = ()
    says: Group = ()
    dates: Group = ()
    unread: frozenset[str] = frozenset()
    is_person: bool = False
    inside: Mapping[str, Level] = field(init=False)
    groups: tuple[Group, ...] = field(init=False)
    types: tuple[tuple[str, frozenset[type]], ...] = field(init=False)
    has_people: bool = field(init=False)

    def __post_init__(self) -> None:
        inside = {**self.lists, **self.objects}
        types = [(name, _LIST) for name in self.lists] + [(name, _OBJECT) for name in self.objects]
        has_people = self.is_person or any(level.has_people for level in inside.values())
        object.__setattr__(self, "inside", MappingProxyType(inside))
        object.__setattr__(self, "groups", self.holds + self.tells)
        object.__setattr__(self, "types", tuple(types))
        object.__setattr__(self, "has_people", has_people)

    def knows(self, name: str) -> bool:
        """Say whether a part of this name is known here."""
        return name in self.inside or name in self.unread


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLAIN = Level()
PROMPT = Level(says=("promptReference", "label"), unread=_names("usergroups"))
RESULT = Level(
    lists={"judicialResultPrompts": PROMPT, "secondaryCJSCodes": PLAIN},
    objects={"durationElement": PLAIN},
    tells=(("judicialResultPrompts",),),
    may_be_null=("judicialResultPrompts",),
    says=("cjsCode", "label", "resultText", "judicialResultTypeId"),
    dates=("orderedDate",),
    unread=_names(
        "category courtClerk delegatedPowers fourEyesApproval nextHearing usergroups amendmentLog "
        "judicialResultDefinition"
    ),
)
_INSTEAD = Level(objects={"lesserOrAlternativeOffence": PLAIN})
_VERDICT = Level(objects={"lesserOrAlternativeOffence": PLAIN, "verdictType": PLAIN})
OFFENCE = Level(
    lists={"judicialResults": RESULT},
    objects={"plea": _INSTEAD, "verdict": _VERDICT},
    holds=(("judicialResults",),),
    unread=_names(
        "additionalProperties allocationDecision civilOffence committingCourt convictingCourt "
        "custodyTimeLimit indicatedPlea laaApplnReference notifiedPlea offenceFacts "
        "reportingRestrictions victims seedingHearing"
    ),
)
_PERSON_DEFENDANT = Level(
    objects={"personDetails": PLAIN},
    tells=(("personDetails",),),
    unread=_names(
        "bailStatus custodialEstablishment driverLicenceCode employerOrganisation "
        "perceivedBirthYear policeBailStatus"
    ),
)
_LEGAL_ENTITY = Level(objects={"organisation": PLAIN}, tells=(("organisation",),))
_WHO = {"personDefendant": _PERSON_DEFENDANT, "legalEntityDefendant": _LEGAL_ENTITY}
_BESIDE_A_DEFENDANT = _names(
    "aliases associatedDefenceOrganisation associatedPerson associatedPersons attendanceDays "
    "defenceOrganisation numberOfPreviousConvictionsCited"
)
DEFENDANT = Level(
    lists={
        "offences": OFFENCE,
        "judicialResults": RESULT,
        "defendantCaseJudicialResults": RESULT,
    },
    objects=_WHO,
    holds=(("offences",),),
    tells=(("personDefendant", "legalEntityDefendant"),),
    needs=("offences",),
    unread=_BESIDE_A_DEFENDANT,
    is_person=True,
)
CASE = Level(
    lists={"defendants": DEFENDANT, "judicialResults": RESULT},
    objects={"prosecutionCaseIdentifier": PLAIN},
    holds=(("defendants",),),
    tells=(("prosecutionCaseIdentifier",),),
    needs=("defendants",),
    unread=_names("caseMarkers initiationCode policeOfficerInCase linkedApplicationsSummary"),
)
_MASTER = Level(
    lists={"defendantCase": PLAIN},
    objects=_WHO,
    tells=(("personDefendant", "legalEntityDefendant"),),
    unread=_names("associatedPersons associatedDefenceOrganisation defenceOrganisation aliases"),
)
_PARTY = Level(
    objects={"masterDefendant": _MASTER},
    tells=(("masterDefendant", "prosecutingAuthority", "personDetails", "organisation"),),
    unread=_names(
        "organisation organisationPersons personDetails prosecutingAuthority "
        "representationOrganisation"
    ),
)
_APPLICATION_CASE = Level(
    lists={"offences": OFFENCE},
    objects={"prosecutionCaseIdentifier": PLAIN},
    holds=(("offences",),),
)
_ORDER_OFFENCE = Level(
    objects={"offence": OFFENCE, "prosecutionCaseIdentifier": PLAIN},
    holds=(("offence",),),
    needs=("offence",),
)
_COURT_ORDER = Level(
    lists={"courtOrderOffences": _ORDER_OFFENCE},
    holds=(("courtOrderOffences",),),
    unread=_names("defendantIds orderingCourt"),
)
APPLICATION = Level(
    lists={
        "courtApplicationCases": _APPLICATION_CASE,
        "judicialResults": RESULT,
        "respondents": _PARTY,
    },
    objects={
        "courtOrder": _COURT_ORDER,
        "subject": _PARTY,
        "applicant": _PARTY,
        "type": PLAIN,
    },
    holds=(("courtApplicationCases", "courtOrder", "judicialResults"),),
    tells=(("subject", "applicant", "respondents"),),
    unread=_names(
        "applicationExternalCreatorType applicationStatus courtApplicationPayment "
        "futureSummonsHearing plea thirdParties verdict"
    ),
)
_FOR_A_PERSON = Level(
    objects={"judicialResult": RESULT}, holds=(("judicialResult",),), needs=("judicialResult",)
)
HEARING = Level(
    lists={
        "prosecutionCases": CASE,
        "courtApplications": APPLICATION,
        "defendantJudicialResults": _FOR_A_PERSON,
        "hearingDays": Level(dates=("sittingDay",)),
    },
    objects={"courtCentre": PLAIN},
    holds=(("prosecutionCases", "courtApplications"),),
    unread=_names(
        "applicantCounsels applicationPartyCounsels approvalsRequested companyRepresentatives "
        "courtApplicationPartyAttendance crackedIneffectiveTrial defenceCounsels "
        "defendantAttendance defendantHearingYouthMarkers defendantReferralReasons "
        "hearingCaseNotes hearingLanguage intermediaries judiciary jurisdictionType "
        "prosecutionCounsels respondentCounsels seedingHearing shadowListedOffences type"
    ),
)
MESSAGE = Level(objects={"hearing": HEARING})
"""The public event, the receiver's body and HMPPS's copy."""
POLICE_RESULT = Level(
    lists={"sessionDays": Level(dates=("sittingDay",))},
    objects={
        "courtCentreWithLJA": Level(objects={"courtCentre": PLAIN}),
        "defendant": Level(
            lists={"offences": OFFENCE, "judicialResults": RESULT},
            objects={
                "individualDefendant": Level(objects={"person": PLAIN}, tells=(("person",),)),
                "corporateDefendant": PLAIN,
            },
            holds=(("offences",),),
            tells=(("individualDefendant", "corporateDefendant"),),
            unread=_BESIDE_A_DEFENDANT,
            is_person=True,
        ),
    },
)
