"""What pages say of a victim: who they are, and whether and how to write to them."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.terms import Language, VictimRelation

STANDINGS: Mapping[str, str] = {
    VictimRelation.VICTIM: "The victim",
    VictimRelation.PARENT_OR_GUARDIAN: "Parent, guardian or carer of the victim",
    VictimRelation.NEXT_OF_KIN: "Next of kin of the person who died",
    VictimRelation.SPOKESPERSON: "Family spokesperson, named by the family",
    VictimRelation.ATTORNEY: "Attorney or deputy, who acts for the victim in law",
}

SAFE_TO_POST: Mapping[bool | None, str] = {
    True: "Yes",
    False: "No, nothing may be posted",
    None: "Not known yet, so nothing may be posted",
}

LANGUAGES: Mapping[str, str] = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}
