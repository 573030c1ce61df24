"""The cases of the law that lift or change a grant, as the forms and letters name them."""

from __future__ import annotations

from recht.rechtsstand import Normfolge

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
# The kind of letter in which the authority gives notice.
KUENDIGUNGSBRIEF = "kuendigung_zielvereinbarung"
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
# Why is paid before the Antrag is decided; what of it the law of the day knows says a guard.
VORSCHUSS, VORSCHUSS_AUF_ANTRAG, EILFALL, AUFENTHALT, STREIT = "1", "2", "3", "4", "5"
VORLAEUFIG = (
    (
        VORSCHUSS,
        "Vorschuss: Der Anspruch steht dem Grunde nach fest, seine Höhe braucht noch Zeit "
        "(§ 42 Abs. 1 S. 1 SGB I)",
    ),
    (
        VORSCHUSS_AUF_ANTRAG,
        "Vorschuss, den die Person beantragt hat; er beginnt spätestens nach einem Kalendermonat "
        "(§ 42 Abs. 1 S. 2 SGB I)",
    ),
    (EILFALL, "Eilfall: Es muss geleistet werden, bevor das Verfahren zu Ende ist"),
    (AUFENTHALT, "Wo die Person ihren gewöhnlichen Aufenthalt hat, ist nicht geklärt"),
    (
        STREIT,
        "Zwischen Leistungsträgern ist streitig, wer leistet (§ 43 Abs. 1 SGB I; seit 2018 nicht "
        "bei Leistungen zur Teilhabe)",
    ),
)
NORM_VORLAEUFIG = {
    VORSCHUSS: Normfolge("§ 42 Abs. 1 S. 1 SGB I", "§ 42 Abs. 1 S. 1 SGB I"),
    VORSCHUSS_AUF_ANTRAG: Normfolge("§ 42 Abs. 1 S. 2 SGB I", "§ 42 Abs. 1 S. 2 SGB I"),
    EILFALL: Normfolge("§ 43 Abs. 1 SGB I", "§ 120 Abs. 4 SGB IX", ue="§ 24 S. 1 SGB IX"),
    AUFENTHALT: Normfolge(
        "§ 98 Abs. 2 S. 3 SGB XII", "§ 98 Abs. 2 S. 1 SGB IX", ue="§ 98 Abs. 2 S. 3 SGB XII"
    ),
    STREIT: Normfolge("§ 43 Abs. 1 SGB I", "§ 43 Abs. 1 SGB I"),
}
# What becomes of money that is paid provisionally while the Antrag still waits.
WENIGER, ENDE, VERZICHT = "W", "E", "V"
# It was too much, or nothing was due, from the beginning; what was paid until then stays.
ZU_VIEL, ZU_UNRECHT = "R", "U"
RECHTSWIDRIG = frozenset({ZU_VIEL, ZU_UNRECHT})
GIBT_WENIGER = frozenset({WENIGER, ZU_VIEL})
VORLAEUFIG_AENDERUNG = (
    (
        WENIGER,
        "Weniger im Monat: Die Verhältnisse haben sich geändert, vorläufig ist weniger nötig "
        "(§ 48 Abs. 1 S. 1 SGB X)",
    ),
    (
        ENDE,
        "Ende: Die Verhältnisse haben sich geändert, es gibt keinen Grund mehr, vorläufig zu "
        "leisten (§ 48 Abs. 1 S. 1 SGB X)",
    ),
    (
        VERZICHT,
        "Ende: Die Person verzichtet schriftlich auf die vorläufige Leistung (§ 46 Abs. 1 SGB I)",
    ),
    (
        ZU_VIEL,
        "Weniger im Monat: Es war von Anfang an zu viel; nur für die Zukunft, das Vertrauen ist "
        "abgewogen (§ 45 Abs. 1, 2 SGB X)",
    ),
    (
        ZU_UNRECHT,
        "Ende: Vorläufig war von Anfang an nicht zu leisten; nur für die Zukunft, das Vertrauen "
        "ist abgewogen (§ 45 Abs. 1, 2 SGB X)",
    ),
)
NORM_VORLAEUFIG_AENDERUNG = {
    WENIGER: "§ 48 Abs. 1 S. 1 SGB X",
    ENDE: "§ 48 Abs. 1 S. 1 SGB X",
    VERZICHT: "§ 46 Abs. 1 SGB I, § 48 Abs. 1 S. 1 SGB X",
    ZU_VIEL: "§ 45 Abs. 1 SGB X",
    ZU_UNRECHT: "§ 45 Abs. 1 SGB X",
}
