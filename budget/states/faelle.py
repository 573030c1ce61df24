"""The cases of the law that lift or change a grant, as the forms and letters name them."""

from __future__ import annotations

VERGANGEN = (
    ("1", "Die Änderung wirkt zugunsten der Person (§ 48 Abs. 1 S. 2 Nr. 1 SGB X)"),
    (
        "2",
        "Die Person hat eine Änderung vorsätzlich oder grob fahrlässig nicht mitgeteilt "
        "(§ 48 Abs. 1 S. 2 Nr. 2 SGB X)",
    ),
    (
        "3",
        "Nach der Bewilligung wurde Einkommen oder Vermögen erzielt, das den Anspruch mindert "
        "oder entfallen lässt (§ 48 Abs. 1 S. 2 Nr. 3 SGB X)",
    ),
    (
        "4",
        "Die Person wusste oder wusste nur wegen grober Fahrlässigkeit nicht, dass der Anspruch "
        "ruht oder weggefallen ist (§ 48 Abs. 1 S. 2 Nr. 4 SGB X)",
    ),
)
# For the time to come the change of circumstances alone is enough.
AENDERUNG = (
    ("0", "Die Änderung wirkt nur für die Zukunft (§ 48 Abs. 1 S. 1 SGB X)"),
    *VERGANGEN,
)
# What rests is always taken from the person, and has nothing to do with income.
RUHEN = tuple(fall for fall in AENDERUNG if fall[0] in {"0", "2", "4"})
# Who gave notice; only that of the authority takes something from a person who was not asked.
KUENDIGUNG_DER_PERSON, KUENDIGUNG_DER_BEHOERDE = "P", "T"
KUENDIGUNG = (
    (KUENDIGUNG_DER_PERSON, "Die Person hat aus wichtigem Grund gekündigt"),
    (
        KUENDIGUNG_DER_BEHOERDE,
        "Der Leistungsträger hat gekündigt, weil die Vereinbarung nicht eingehalten wird",
    ),
)
RUECKNAHME = (
    ("0", "Nur für die Zukunft; das Vertrauen ist abgewogen (§ 45 Abs. 1, 2 SGB X)"),
    (
        "1",
        "Täuschung, Drohung oder Bestechung (§ 45 Abs. 2 S. 3 Nr. 1 SGB X)",
    ),
    (
        "2",
        "Vorsätzlich oder grob fahrlässig falsche oder unvollständige Angaben "
        "(§ 45 Abs. 2 S. 3 Nr. 2 SGB X)",
    ),
    (
        "3",
        "Die Person kannte die Rechtswidrigkeit oder kannte sie nur wegen grober Fahrlässigkeit "
        "nicht (§ 45 Abs. 2 S. 3 Nr. 3 SGB X)",
    ),
)
