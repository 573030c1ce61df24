"""The names under which the loading notes what is done, in their order; without what they do."""

from __future__ import annotations

#: The authority with its people, and the day of the first cases.
BEHOERDE, ERSTER_TAG = "behoerde", "erster_tag"
#: What comes after the cases; `beilagen` says what each of them adds.
NACHHER = (
    "unterlagen",
    "anfragen",
    "faelle",
    "zustaendigkeit",
    "einwilligungen",
    "tisch",
    "fristenlauf",
    "zugang",
    "austausch",
    "beitrag",
    "lebenslagen",
    "vorgaben",
)
SCHRITTE = (BEHOERDE, ERSTER_TAG, *NACHHER)
