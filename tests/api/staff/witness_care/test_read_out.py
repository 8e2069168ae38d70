"""What witness care reads to a victim on the telephone is true of this sentence and this offer."""

from __future__ import annotations

import pytest

from api.staff import words
from vcs.referrals.records import Basis
from vcs.terms import SentenceKind


@pytest.mark.parametrize(
    ("basis", "kind", "said"),
    [
        (Basis.STATUTORY, SentenceKind.IMPRISONMENT, "You have a right to be told about what"),
        (Basis.DISCRETIONARY, SentenceKind.IMPRISONMENT, "You are offered the chance to be told"),
        (Basis.STATUTORY, SentenceKind.HOSPITAL_ORDER, "conditions on leaving hospital"),
        (Basis.NOTIFICATION_SCHEME, SentenceKind.IMPRISONMENT, "the Victim Notification Scheme"),
    ],
)
def test_the_offer_is_named_as_her_letter_names_it(basis: str, kind: str, said: str) -> None:
    offered = words.what_is_offered(basis, (kind,))
    assert said in offered
    assert ("Victim Contact Scheme" in offered) is (basis != Basis.NOTIFICATION_SCHEME)
