"""Several files in one, for somebody outside; foreign archives are read elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# A packet made twice from the same files is the same packet.
_TAG = (1980, 1, 1, 0, 0, 0)


def pack(dateien: Mapping[str, bytes]) -> bytes:
    """Return the files by name in one ZIP; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as paket:
        for name, inhalt in dateien.items():
            paket.writestr(zipfile.ZipInfo(name, _TAG), inhalt)
    return out.getvalue()
