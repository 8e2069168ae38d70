"""Templates that were compiled before, kept beside them as Python keeps its own modules.

Compiling what the sign-in page needs takes about as long as all else that a start does after its
imports. A file holds the digest of its template, so that a changed one is compiled anew.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from jinja2.bccache import Bucket, FileSystemBytecodeCache

_FOLDER: Final = Path(__file__).parents[1] / "templates" / "__pycache__"


class _Compiled(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where the folder cannot be written, do without."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(folder: Path = _FOLDER) -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept; None where Python may keep none either."""
    if sys.dont_write_bytecode:
        return None
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return _Compiled(str(folder)) if folder.is_dir() else None
