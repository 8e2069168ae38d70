"""What keeps training apart: nothing is sent from it, and it shares nothing with real work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vcs.keys.purpose import folder_problems
from vcs.settings import Settings

_SENDS: Final[Mapping[str, str]] = {
    "smtp_host": "training sends no mail",
    "notify_api_key": "training sends nothing through GOV.UK Notify",
    "notify_callback_token": "training sends nothing through GOV.UK Notify",
    "heartbeat_url": "training tells no other system that it runs",
}

_SHARES: Final = ("sealing_keys", "signing_key", "certificate_key")


def not_apart(settings: Settings) -> Iterator[str]:
    """Say in a sentence for each what would join training with real work."""
    yield from folder_problems(settings)
    if not settings.is_training:
        return
    for name, why in _SENDS.items():
        if getattr(settings, name):
            yield f"VCS_{name.upper()} is set and VCS_MODE is training: {why}. Leave it out."
    for name in _SHARES:
        if name in settings.model_fields_set and getattr(settings, name):
            yield (
                f"VCS_{name.upper()} is set and VCS_MODE is training: training keeps keys of its "
                "own in its data folder. Leave it out."
            )
