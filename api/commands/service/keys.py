"""``vcs keys``: the sealing keys changed, resumable after a kill at any point."""

from __future__ import annotations

from api.commands.opening import begun
from vcs import clock
from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.keys import rotation
from vcs.settings import Settings

_SUBJECT = "sealing keys"


def rotate() -> None:
    """Seal everything anew under the newest key. Safe to interrupt and to run again.

    A new key is made in the key file. Where VCS_SEALING_KEYS gives the keys, or several machines
    share the database, put the new key first there, and start every process again with all of
    them, before this.
    """
    started = begun(Settings.load())
    done = rotation.rotate(started.db, started.settings, clock.now(), _progress)
    if done.retired:
        with started.db.writing() as session:
            detail = f"{done.newest} in place of {', '.join(done.retired)}"
            trail.note(session, trail.Note(clock.now(), SYSTEM, "keys.rotated", _SUBJECT, detail))
    started.db.close()
    print(f"Sealed anew under key {done.newest}: {done.sealed} values.")
    if done.unopened:
        print(f"{done.unopened} values open with none of the keys given, and stay as they are.")
    old = [name for name in started.sealer.names if name != done.newest]
    named = ", ".join(dict.fromkeys([*done.retired, *old]))
    if named:
        print(f"These old keys may be removed now: {named}. For the key file: vcs keys remove")


def remove() -> None:
    """Remove the old keys from the key file, all but the newest; refuses while one is needed."""
    started = begun(Settings.load())
    count = rotation.remove(started.db, started.settings)
    if count:
        with started.db.writing() as session:
            trail.note(
                session, trail.Note(clock.now(), SYSTEM, "keys.removed", _SUBJECT, str(count))
            )
    started.db.close()
    print(f"Removed {count} old key{'' if count == 1 else 's'} from the key file.")


def _progress(words: str) -> None:
    print(f"  {words}", flush=True)
