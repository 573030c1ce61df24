"""Electronic signatures in a PDF, told by their structure and not by a word in the file.

A signature counts when its dictionary names exactly the bytes around its own place, up to the end
of the file, when the place holds a CMS container (ISO 32000-1 Abschnitt 12.8, RFC 5652), and when
the digest in the container is that of these bytes. Who has signed, and whether the certificate is
trusted, is not looked at: that is for a validation service (Art. 32 eIDAS-VO).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pikepdf

# OID of signedData (1.2.840.113549.1.7.2) and of the attribute messageDigest, as DER.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_VERFAHREN = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
_ARTEN = {
    "/adbe.pkcs7.detached",
    "/ETSI.CAdES.detached",
    "/ETSI.RFC3161",
}


def claims_signature(obj: Any) -> bool:
    """Tell whether a dictionary looks like a signature or like the field that holds one."""
    feld = str(obj.get("/FT", "")) == "/Sig" and "/V" in obj
    return feld or "/ByteRange" in obj


def signed_whole(data: bytes, objekte: Iterable[Any]) -> bool:
    """Tell whether one of the dictionaries is a signature that holds for the whole file."""
    return any(_holds(data, obj) for obj in objekte if "/ByteRange" in obj)


def _holds(data: bytes, obj: Any) -> bool:
    if str(obj.get("/SubFilter", "")) not in _ARTEN:
        return False
    stellen = _ranges(obj.get("/ByteRange"))
    inhalt = obj.get("/Contents")
    if stellen is None or not isinstance(inhalt, pikepdf.String):
        return False
    anfang, vorn, hinten, rest = stellen
    if anfang != 0 or vorn >= hinten or hinten + rest != len(data):
        return False
    luecke = data[vorn:hinten]
    # The gap is the hex string of this signature and nothing else.
    if luecke[:1] != b"<" or luecke[-1:] != b">":
        return False
    behaelter = bytes(inhalt)
    try:
        if bytes.fromhex(luecke[1:-1].decode("ascii")) != behaelter:
            return False
    except ValueError:
        return False
    return _is_cms_of(behaelter, data[:vorn] + data[hinten:])


def _ranges(value: Any) -> tuple[int, int, int, int] | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        a, b, c, d = (int(teil) for teil in value)
    except (TypeError, ValueError):
        return None
    return (a, b, c, d) if min(a, b, c, d) >= 0 else None


def _is_cms_of(behaelter: bytes, bereich: bytes) -> bool:
    """Tell whether a container is CMS signedData whose messageDigest is that of these bytes."""
    laenge = _der_length(behaelter)
    if laenge is None or _SIGNED_DATA not in behaelter[:32]:
        return False
    huelle = behaelter[:laenge]
    summen = [verfahren(bereich).digest() for verfahren in _VERFAHREN]
    stelle = huelle.find(_MESSAGE_DIGEST)
    while stelle >= 0:
        # SET { OCTET STRING digest } follows the OID.
        attribut = huelle[stelle + len(_MESSAGE_DIGEST) :][: 4 + 64]
        for summe in summen:
            wert = bytes([0x04, len(summe)]) + summe
            if attribut.startswith(bytes([0x31, len(wert)]) + wert):
                return True
        stelle = huelle.find(_MESSAGE_DIGEST, stelle + 1)
    return False


def _der_length(data: bytes) -> int | None:
    """Return how long the outer SEQUENCE is, header included; None when it is none."""
    if len(data) < 2 or data[0] != 0x30:
        return None
    erstes = data[1]
    if erstes < 0x80:
        ende = 2 + erstes
    else:
        anzahl = erstes & 0x7F
        if not 1 <= anzahl <= 4 or len(data) < 2 + anzahl:
            return None
        ende = 2 + anzahl + int.from_bytes(data[2 : 2 + anzahl])
    return ende if ende <= len(data) else None
