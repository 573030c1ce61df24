"""States and steps of Persönliches Budget, Zielvereinbarung and Bescheid."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Budgetzustand(TextChoices):
    """Phases a to d of the procedure."""

    BEANTRAGT = "beantragt", "beantragt"
    BEMESSEN = "bemessen", "bemessen"
    ZIELVEREINBARUNG = "zielvereinbarung", "Zielvereinbarung zur Unterschrift"
    VEREINBART = "vereinbart", "vereinbart"
    BEWILLIGT = "bewilligt", "bewilligt"
    LAEUFT = "laeuft", "Auszahlung läuft"
    BEENDET = "beendet", "beendet"


class Vereinbarungszustand(TextChoices):
    """A Zielvereinbarung is drafted, printed for signature, signed; or thrown away unsigned."""

    ENTWURF = "entwurf", "Entwurf"
    AUSGEFERTIGT = "ausgefertigt", "zur Unterschrift"
    UNTERZEICHNET = "unterzeichnet", "unterzeichnet"
    VERWORFEN = "verworfen", "neu zu verhandeln"


class Bescheidzustand(TextChoices):
    """A Bescheid from draft to Bestandskraft."""

    ENTWURF = "entwurf", "Entwurf"
    VORGELEGT = "vorgelegt", "zur Freigabe vorgelegt"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERSANDT = "versandt", "versandt"
    BESTANDSKRAEFTIG = "bestandskraeftig", "bestandskräftig"


class Verfahrensart(TextChoices):
    """How the carriers came to terms: without or with a Budgetkonferenz (§ 3 BudgetV)."""

    VEREINFACHT = "vereinfacht", "vereinfachtes Verfahren"
    AUSFUEHRLICH = "ausfuehrlich", "ausführliches Verfahren mit Budgetkonferenz"


class Bemessungsart(TextChoices):
    """How a Teilbudget was set."""

    PAUSCHALE = "pauschale", "Pauschale nach Richtwert"
    INDIVIDUELL = "individuell", "im Einzelfall festgesetzt"
    GUTSCHEIN = "gutschein", "Gutschein"
    SATZ = "satz", "gesetzlicher Betrag"


class Auszahlungsform(TextChoices):
    """Money or voucher (§ 29 Abs. 2 S. 1 SGB IX, § 35a SGB XI)."""

    GELD = "geld", "Geld"
    GUTSCHEIN = "gutschein", "Gutschein"


class Nachweisart(TextChoices):
    """What the person has to show for a Teilbudget (§ 29 Abs. 4 S. 2 Nr. 2 SGB IX)."""

    KEIN_NACHWEIS = "kein_nachweis", "kein Nachweis"
    BELEGE = "belege", "Belege oder Rechnungen"
    ARBEITSVERTRAG = "arbeitsvertrag", "Arbeitsvertrag"
    PFLEGEEINSATZ = "pflegeeinsatz", "Nachweis der Pflegeeinsätze"
    BEISPIELDOKUMENTATION = "beispieldokumentation", "beispielhafte Dokumentation"


B = Budgetzustand
V = Vereinbarungszustand
S = Bescheidzustand

BUDGET = Zustandstafel(
    "Persönliches Budget",
    Budgetzustand,
    (
        Uebergang(
            "bearbeiten",
            "Teilbudgets bemessen",
            (B.BEANTRAGT, B.BEMESSEN),
            "",
            SCHREIBENDE,
            "§ 29 Abs. 2 S. 6 SGB IX",
        ),
        Uebergang(
            "bemessen",
            "Bemessung abschließen",
            (B.BEANTRAGT,),
            B.BEMESSEN,
            SCHREIBENDE,
            "§ 29 Abs. 2 S. 6 SGB IX",
        ),
        Uebergang(
            "vereinbarung_entwerfen",
            "Zielvereinbarung entwerfen",
            (B.BEMESSEN,),
            "",
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "ohne_vereinbarung",
            "Ohne Zielvereinbarung weiter",
            (B.BEMESSEN,),
            B.VEREINBART,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 3 SGB IX",
        ),
        Uebergang(
            "ausfertigen",
            "Zielvereinbarung ausfertigen",
            (B.BEMESSEN,),
            B.ZIELVEREINBARUNG,
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "neu_verhandeln",
            "Neu verhandeln",
            (B.ZIELVEREINBARUNG,),
            B.BEMESSEN,
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "unterzeichnen",
            "Unterschriften vermerken",
            (B.ZIELVEREINBARUNG,),
            B.VEREINBART,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 1 SGB IX",
        ),
        Uebergang(
            "bescheid_entwerfen",
            "Bescheid entwerfen",
            (B.VEREINBART,),
            "",
            SCHREIBENDE,
            "§ 29 SGB IX",
        ),
        Uebergang(
            "bewilligen",
            "Bescheid bekannt geben",
            (B.VEREINBART,),
            B.BEWILLIGT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "auszahlen",
            "Auszahlung beginnt",
            (B.BEWILLIGT,),
            B.LAEUFT,
            SCHREIBENDE,
            "§ 29 Abs. 2 SGB IX",
        ),
        Uebergang(
            "beenden",
            "Persönliches Budget beenden",
            (B.LAEUFT,),
            B.BEENDET,
            NUR_LEITUNG,
            "§ 39 Abs. 2 SGB X",
        ),
    ),
    {
        B.BEANTRAGT: "info",
        B.BEMESSEN: "info",
        B.ZIELVEREINBARUNG: "warning",
        B.VEREINBART: "info",
        B.BEWILLIGT: "success",
        B.LAEUFT: "success",
        B.BEENDET: "neutral",
    },
)

# What a budget begins with: a case that is decided here and has not ended.
BUDGETBEGINN = Zustandstafel(
    "Beginn eines Persönlichen Budgets",
    Fallzustand,
    (
        Uebergang(
            "anlegen",
            "Persönliches Budget anlegen",
            tuple(
                z
                for z in Fallzustand
                if z not in (Fallzustand.ANFRAGE, Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)
            ),
            "",
            SCHREIBENDE,
            "§ 29 Abs. 1 S. 1 SGB IX",
        ),
    ),
)

ZIELVEREINBARUNG = Zustandstafel(
    "Zielvereinbarung",
    Vereinbarungszustand,
    (
        Uebergang(
            "bearbeiten", "Zielvereinbarung bearbeiten", (V.ENTWURF,), V.ENTWURF, SCHREIBENDE, ""
        ),
        Uebergang(
            "ausfertigen",
            "Zur Unterschrift ausfertigen",
            (V.ENTWURF,),
            V.AUSGEFERTIGT,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "unterzeichnen",
            "Unterschriften vermerken",
            (V.AUSGEFERTIGT,),
            V.UNTERZEICHNET,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 1 SGB IX",
        ),
        Uebergang("verwerfen", "Neu verhandeln", (V.AUSGEFERTIGT,), V.VERWORFEN, SCHREIBENDE, ""),
    ),
    {
        V.ENTWURF: "neutral",
        V.AUSGEFERTIGT: "warning",
        V.UNTERZEICHNET: "success",
        V.VERWORFEN: "neutral",
    },
)

BESCHEID = Zustandstafel(
    "Bescheid",
    Bescheidzustand,
    (
        Uebergang("bearbeiten", "Bescheid bearbeiten", (S.ENTWURF,), S.ENTWURF, SCHREIBENDE, ""),
        Uebergang("vorlegen", "Zur Freigabe vorlegen", (S.ENTWURF,), S.VORGELEGT, SCHREIBENDE, ""),
        Uebergang("zurueckgeben", "Zurückgeben", (S.VORGELEGT,), S.ENTWURF, NUR_LEITUNG, ""),
        Uebergang(
            "freigeben",
            "Freigeben",
            (S.VORGELEGT,),
            S.FREIGEGEBEN,
            NUR_LEITUNG,
            "§ 120 Abs. 2 SGB IX",
        ),
        Uebergang(
            "aufgeben", "Aufgabe zur Post", (S.FREIGEGEBEN,), S.VERSANDT, SCHREIBENDE, "§ 37 SGB X"
        ),
        Uebergang(
            "bestandskraft",
            "Bestandskraft",
            (S.VERSANDT,),
            S.BESTANDSKRAEFTIG,
            frozenset(),
            "§ 77 SGG",
        ),
    ),
    {
        S.ENTWURF: "neutral",
        S.VORGELEGT: "warning",
        S.FREIGEGEBEN: "success",
        S.VERSANDT: "success",
        S.BESTANDSKRAEFTIG: "success",
    },
)
