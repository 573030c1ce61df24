"""How a name sounds, computed and indexed by the database: `nachname__laut="657"`.

The database function has the name and the rules of `cases.person.phonetik.koelner_phonetik`; as the
index holds its result, no row can carry an outdated one, however it was written.
"""

from __future__ import annotations

from django.db import models


@models.CharField.register_lookup
class Laut(models.Transform):
    """The code of a name in the Kölner Phonetik."""

    lookup_name = "laut"
    function = "koelner_phonetik"
    output_field = models.CharField()


class Suchform(models.Func):
    """A text in the form in which names are compared, as `cases.person.namensform.suchform`."""

    function = "suchform"
    arity = 1
    output_field = models.TextField()
