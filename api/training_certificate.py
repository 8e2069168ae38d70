"""A training certificate to take away: signed with the service's key, checked without us."""

from __future__ import annotations

import io
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from api.version import NAME, VERSION
from vcs.law.archive import canonical
from vcs.lists.certificate.signing import Signer
from vcs.training.certificate import certificate_of
from vcs.training.records import CourseSitting

_FILE: Final = "training-certificate.json"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The same in every file, so that the same certificate is the same bytes."""

_CHECK: Final = f"""How to check this certificate without our program (OpenSSL 3):

  openssl pkeyutl -verify -pubin -inkey certificate-key.pem -rawin \\
    -in {_FILE} -sigfile {_FILE}.sig

Compare certificate-key.pem with the keys that the service publishes at /certificates/keys.pem: a
key that comes with a file proves nothing. With our program: vcs certificate verify {_FILE}
"""


def packed(sitting: CourseSitting, name: str, signer: Signer, *, is_training: bool) -> bytes:
    """Return the zip of a passed course. Raises NotFound where it was not passed.

    ``is_training`` marks one of a training database, where everybody is made up.
    """
    told = certificate_of(sitting, name) | {
        "program": f"{NAME} {VERSION}",
        "is_training": is_training,
        "key_id": signer.key_id,
        "algorithm": "Ed25519",
    }
    content = canonical(told).encode()
    files = {
        "certificate-key.pem": signer.public_pem.encode("ascii"),
        "how-to-check.txt": _CHECK.encode("ascii"),
        _FILE: content,
        f"{_FILE}.sig": signer.sign(content),
    }
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for file_name, held in files.items():
            info = ZipInfo(file_name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, held)
    return written.getvalue()
