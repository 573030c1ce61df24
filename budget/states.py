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


BUDGET = Zustandstafel(
    "Persönliches Budget",
    Budgetzustand,
    (
        Uebergang(
            "bearbeiten",
            "Teilbudgets bemessen",
            (Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN),
            "",
            SCHREIBENDE,
            "§ 29 Abs. 2 S. 6 SGB IX",
        ),
        Uebergang(
            "bemessen",
            "Bemessung abschließen",
            (Budgetzustand.BEANTRAGT,),
            Budgetzustand.BEMESSEN,
            SCHREIBENDE,
            "§ 29 Abs. 2 S. 6 SGB IX",
        ),
        Uebergang(
            "vereinbarung_entwerfen",
            "Zielvereinbarung entwerfen",
            (Budgetzustand.BEMESSEN,),
            "",
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "ohne_vereinbarung",
            "Ohne Zielvereinbarung weiter",
            (Budgetzustand.BEMESSEN,),
            Budgetzustand.VEREINBART,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 3 SGB IX",
        ),
        Uebergang(
            "ausfertigen",
            "Zielvereinbarung ausfertigen",
            (Budgetzustand.BEMESSEN,),
            Budgetzustand.ZIELVEREINBARUNG,
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "neu_verhandeln",
            "Neu verhandeln",
            (Budgetzustand.ZIELVEREINBARUNG,),
            Budgetzustand.BEMESSEN,
            SCHREIBENDE,
            "§ 29 Abs. 4 SGB IX",
        ),
        Uebergang(
            "unterzeichnen",
            "Unterschriften vermerken",
            (Budgetzustand.ZIELVEREINBARUNG,),
            Budgetzustand.VEREINBART,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 1 SGB IX",
        ),
        Uebergang(
            "bescheid_entwerfen",
            "Bescheid entwerfen",
            (Budgetzustand.VEREINBART,),
            "",
            SCHREIBENDE,
            "§ 29 SGB IX",
        ),
        Uebergang(
            "bewilligen",
            "Bescheid bekannt geben",
            (Budgetzustand.VEREINBART,),
            Budgetzustand.BEWILLIGT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "auszahlen",
            "Auszahlung beginnt",
            (Budgetzustand.BEWILLIGT,),
            Budgetzustand.LAEUFT,
            SCHREIBENDE,
            "§ 29 Abs. 2 SGB IX",
        ),
        Uebergang(
            "beenden",
            "Persönliches Budget beenden",
            (Budgetzustand.LAEUFT,),
            Budgetzustand.BEENDET,
            NUR_LEITUNG,
            "§ 39 Abs. 2 SGB X",
        ),
    ),
    {
        Budgetzustand.BEANTRAGT: "info",
        Budgetzustand.BEMESSEN: "info",
        Budgetzustand.ZIELVEREINBARUNG: "warning",
        Budgetzustand.VEREINBART: "info",
        Budgetzustand.BEWILLIGT: "success",
        Budgetzustand.LAEUFT: "success",
        Budgetzustand.BEENDET: "neutral",
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
            "bearbeiten",
            "Zielvereinbarung bearbeiten",
            (Vereinbarungszustand.ENTWURF,),
            Vereinbarungszustand.ENTWURF,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "ausfertigen",
            "Zur Unterschrift ausfertigen",
            (Vereinbarungszustand.ENTWURF,),
            Vereinbarungszustand.AUSGEFERTIGT,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "unterzeichnen",
            "Unterschriften vermerken",
            (Vereinbarungszustand.AUSGEFERTIGT,),
            Vereinbarungszustand.UNTERZEICHNET,
            SCHREIBENDE,
            "§ 29 Abs. 4 S. 1 SGB IX",
        ),
        Uebergang(
            "verwerfen",
            "Neu verhandeln",
            (Vereinbarungszustand.AUSGEFERTIGT,),
            Vereinbarungszustand.VERWORFEN,
            SCHREIBENDE,
            "",
        ),
    ),
    {
        Vereinbarungszustand.ENTWURF: "neutral",
        Vereinbarungszustand.AUSGEFERTIGT: "warning",
        Vereinbarungszustand.UNTERZEICHNET: "success",
        Vereinbarungszustand.VERWORFEN: "neutral",
    },
)

BESCHEID = Zustandstafel(
    "Bescheid",
    Bescheidzustand,
    (
        Uebergang(
            "bearbeiten",
            "Bescheid bearbeiten",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.VORGELEGT,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "zurueckgeben",
            "Zurückgeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.ENTWURF,
            NUR_LEITUNG,
            "",
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.FREIGEGEBEN,
            NUR_LEITUNG,
            "§ 120 Abs. 2 SGB IX",
        ),
        Uebergang(
            "aufgeben",
            "Aufgabe zur Post",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.VERSANDT,
            SCHREIBENDE,
            "§ 37 SGB X",
        ),
        Uebergang(
            "bestandskraft",
            "Bestandskraft",
            (Bescheidzustand.VERSANDT,),
            Bescheidzustand.BESTANDSKRAEFTIG,
            frozenset(),
            "§ 77 SGG",
        ),
    ),
    {
        Bescheidzustand.ENTWURF: "neutral",
        Bescheidzustand.VORGELEGT: "warning",
        Bescheidzustand.FREIGEGEBEN: "success",
        Bescheidzustand.VERSANDT: "success",
        Bescheidzustand.BESTANDSKRAEFTIG: "success",
    },
)
