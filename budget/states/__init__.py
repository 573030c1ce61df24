"""States of Persönliches Budget, Zielvereinbarung and Bescheid; steps of the first two."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Budgetzustand(TextChoices):
    """Phases a to d of the procedure."""

    BEANTRAGT = "beantragt", "beantragt"
    BEMESSEN = "bemessen", "bemessen"
    ZIELVEREINBARUNG = "zielvereinbarung", "Zielvereinbarung zur Unterschrift"
    VEREINBART = "vereinbart", "vereinbart"
    BEWILLIGT = "bewilligt", "bewilligt"
    LAEUFT = "laeuft", "Auszahlung läuft"
    BEENDET = "beendet", "beendet"
    SACHLEISTUNG = "sachleistung", "Sachleistung statt Budget"


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


# What is being prepared: not granted yet. A case has one of them at a time.
IN_ARBEIT = (
    Budgetzustand.BEANTRAGT,
    Budgetzustand.BEMESSEN,
    Budgetzustand.ZIELVEREINBARUNG,
    Budgetzustand.VEREINBART,
)
# Nothing is done on it any more: the grant is over, or nothing has come of it.
ABGESCHLOSSEN = (Budgetzustand.BEENDET, Budgetzustand.SACHLEISTUNG)
# What has been granted: no two of them are in force on one day.
BEWILLIGTE = (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT, Budgetzustand.BEENDET)
# What is decided and no longer a draft.
BESCHEID_FREI = (
    Bescheidzustand.FREIGEGEBEN,
    Bescheidzustand.VERSANDT,
    Bescheidzustand.BESTANDSKRAEFTIG,
)


class Verfahrensart(TextChoices):
    """How the carriers came to terms: without or with a Budgetkonferenz (§ 3 BudgetV)."""

    VEREINFACHT = "vereinfacht", "vereinfachtes Verfahren"
    AUSFUEHRLICH = "ausfuehrlich", "ausführliches Verfahren mit Budgetkonferenz"


class Deckelausnahme(TextChoices):
    """Why a budget may cost more than the Leistungen without it (BSG B 2 U 1/11 R)."""

    BEDARF = "bedarf", "vorübergehend wesentlich veränderter Bedarf"
    BERATUNG = "beratung", "vorübergehend mehr Beratung und Unterstützung"
    EINZELFALL = "einzelfall", "anderer besonderer Einzelfall"


class Bemessungsart(TextChoices):
    """How a Teilbudget was set."""

    PAUSCHALE = "pauschale", "Pauschale nach Richtwert"
    STUNDEN = "stunden", "nach Stunden und Sachkosten berechnet"
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


class Wunschantwort(TextChoices):
    """What the Bescheid does with a wish of the person (§ 8 Abs. 1 SGB IX)."""

    OFFEN = "", "noch nicht beantwortet"
    GEFOLGT = "gefolgt", "Dem Wunsch wird gefolgt"
    TEILWEISE = "teilweise", "Dem Wunsch wird zum Teil gefolgt"
    NICHT = "nicht", "Dem Wunsch wird nicht gefolgt"


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
            Normfolge("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
        ),
        Uebergang(
            "bemessen",
            "Bemessung abschließen",
            (Budgetzustand.BEANTRAGT,),
            Budgetzustand.BEMESSEN,
            SCHREIBENDE,
            Normfolge("§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
        ),
        Uebergang(
            "vereinbarung_entwerfen",
            "Zielvereinbarung entwerfen",
            (Budgetzustand.BEMESSEN,),
            "",
            SCHREIBENDE,
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 SGB IX"),
        ),
        Uebergang(
            "ohne_vereinbarung",
            "Ohne Zielvereinbarung weiter",
            (Budgetzustand.BEMESSEN,),
            Budgetzustand.VEREINBART,
            SCHREIBENDE,
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 S. 3 SGB IX"),
        ),
        Uebergang(
            "ausfertigen",
            "Zielvereinbarung ausfertigen",
            (Budgetzustand.BEMESSEN,),
            Budgetzustand.ZIELVEREINBARUNG,
            SCHREIBENDE,
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 SGB IX"),
        ),
        Uebergang(
            "neu_verhandeln",
            "Neu verhandeln",
            (Budgetzustand.ZIELVEREINBARUNG,),
            Budgetzustand.BEMESSEN,
            SCHREIBENDE,
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 SGB IX"),
        ),
        Uebergang(
            "unterzeichnen",
            "Unterschriften vermerken",
            (Budgetzustand.ZIELVEREINBARUNG,),
            Budgetzustand.VEREINBART,
            SCHREIBENDE,
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"),
        ),
        Uebergang(
            "bescheid_entwerfen",
            "Bescheid entwerfen",
            (Budgetzustand.VEREINBART,),
            "",
            SCHREIBENDE,
            Normfolge("§ 3 Abs. 5 BudgetV", "§ 29 SGB IX"),
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
            Normfolge("§ 17 Abs. 3 SGB IX a.F.", "§ 29 Abs. 2 SGB IX"),
        ),
        # Taken by the program when the Bescheid turns out not to have been made known.
        Uebergang(
            "unwirksam_werden",
            "Bescheid nicht bekannt gegeben",
            (Budgetzustand.BEWILLIGT, Budgetzustand.LAEUFT),
            Budgetzustand.VEREINBART,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "beenden",
            "Persönliches Budget beenden",
            (Budgetzustand.LAEUFT,),
            Budgetzustand.BEENDET,
            NUR_LEITUNG,
            "§ 39 Abs. 2 SGB X",
        ),
        Uebergang(
            "nachfolgen",
            "Änderung oder Weiterbewilligung vorbereiten",
            (Budgetzustand.LAEUFT, Budgetzustand.BEENDET),
            "",
            SCHREIBENDE,
            "§ 48 Abs. 1 SGB X",
        ),
        Uebergang(
            "verwerfen",
            "Vorbereitung verwerfen",
            (Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN),
            "",
            SCHREIBENDE,
            "§ 18 SGB X",
        ),
        Uebergang(
            "sachleistung",
            "Sachleistung statt Budget",
            (Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN, Budgetzustand.ZIELVEREINBARUNG),
            Budgetzustand.SACHLEISTUNG,
            SCHREIBENDE,
            Normfolge("§ 17 Abs. 2 S. 1 SGB IX a.F.", "§ 29 Abs. 1 S. 1 SGB IX"),
        ),
        # Taken by the program when a Widerspruch holds the change up.
        Uebergang(
            "aussetzen",
            "Änderung ausgesetzt",
            (Budgetzustand.LAEUFT,),
            Budgetzustand.BEWILLIGT,
            frozenset(),
            "§ 86a Abs. 1 S. 1 SGG",
        ),
        # Taken by the program when what ended it is suspended or was not made known.
        Uebergang(
            "weiterlaufen",
            "Auszahlung läuft weiter",
            (Budgetzustand.BEENDET,),
            Budgetzustand.LAEUFT,
            frozenset(),
            "§ 86a Abs. 1 S. 1 SGG",
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
        Budgetzustand.SACHLEISTUNG: "neutral",
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
            Normfolge("§ 17 Abs. 2 S. 1 SGB IX a.F.", "§ 29 Abs. 1 S. 1 SGB IX"),
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
            Normfolge("§ 4 BudgetV", "§ 29 Abs. 4 S. 1 SGB IX"),
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
