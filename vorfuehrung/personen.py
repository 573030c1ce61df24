"""Sixty people who do not exist, in the order in which their cases are told."""

from __future__ import annotations

from datetime import date

from vorfuehrung.vorlage import Personenvorlage

# Anrede, Vorname, Nachname, Geburtsjahr, Straße, Behinderungsart, HBG
_TAFEL: tuple[tuple[str, str, str, int, str, str, int | None], ...] = (
    ("frau", "Emma", "Hartmann", 1991, "Gartenweg 3", "seelisch", 2),
    ("herr", "Yusuf", "Demirci", 1984, "Am Mühlbach 17", "koerperlich", 3),
    (
        "herr",
        "Karl-Friedrich",
        "von Hohenlohe-Waldenburg-Schillingsfürst",
        1956,
        "Fürst-Carl-Anselm-Promenade 112 b",
        "koerperlich",
        4,
    ),
    ("frau", "Łucja", "Wiśniewska", 1979, "Ringstraße 8", "geistig", 2),
    ("herr", "Tim", "Ott", 2004, "Schulgasse 1", "geistig", 3),
    ("frau", "Hannelore", "Bäuerle", 1949, "Kirchplatz 4", "sinnes", 2),
    ("herr", "Giuseppe", "Di Marco", 1968, "Weinsteige 22", "seelisch", 3),
    ("frau", "Aylin", "Şahin", 1996, "Bahnhofstraße 31", "seelisch", 2),
    ("herr", "Wolfgang", "Kühnle", 1962, "Talstraße 9", "koerperlich", 3),
    ("frau", "Nguyễn Thị", "Hoa", 1988, "Rosenweg 14", "koerperlich", 2),
    ("herr", "Lukas", "Pfeiffer", 2001, "Hauptstraße 77", "geistig", 4),
    ("frau", "Margarete", "Öhlschläger", 1951, "Lerchenweg 2", "sinnes", 3),
    ("herr", "Dragan", "Kovačević", 1975, "Industriestraße 5", "koerperlich", 2),
    ("ohne", "Kim", "Seidel", 1999, "Marktplatz 12", "seelisch", 2),
    ("frau", "Johanna", "Freifrau von Gemmingen", 1972, "Schlossallee 1", "koerperlich", 5),
    ("herr", "Ahmed", "El-Khatib", 1990, "Neue Straße 40", "seelisch", 3),
    ("frau", "Petra", "Maier", 1966, "Blumenstraße 6", "seelisch", 2),
    ("frau", "Petra", "Meyer", 1966, "Eichenweg 19", "geistig", 3),
    ("herr", "Jürgen", "Müller", 1971, "Waldstraße 11", "koerperlich", 3),
    ("herr", "Jonathan", "Weiß", 2006, "Finkenweg 23", "geistig", 2),
    ("frau", "Ursula", "Großmann", 1958, "Poststraße 3", "seelisch", 2),
    ("herr", "Paweł", "Zieliński", 1983, "Hofgasse 7", "koerperlich", 2),
    ("frau", "Sophie", "Lindner", 2002, "Bergstraße 28", "sinnes", 2),
    ("herr", "Heinz", "Rapp", 1953, "Untere Gasse 15", "koerperlich", 4),
    ("frau", "Fatma", "Yıldız", 1981, "Kelterweg 10", "seelisch", 3),
    ("herr", "Benedikt", "Schwarz", 1994, "Lindenstraße 33", "geistig", 2),
    ("frau", "Elif", "Aksoy", 1998, "Sonnenhalde 5", "koerperlich", 3),
    ("herr", "Matthias", "Jäger", 1977, "Jahnstraße 2", "seelisch", 2),
    ("frau", "Theresia", "Huber", 1960, "Kapellenweg 9", "geistig", 3),
    ("herr", "Oleksandr", "Kovalenko", 1986, "Brückenstraße 18", "koerperlich", 2),
    ("frau", "Carolin", "Engel", 1993, "Mozartstraße 4", "seelisch", 2),
    ("herr", "Rainer", "Vogt", 1965, "Am Sportplatz 1", "koerperlich", 3),
    ("frau", "Ingrid", "Schäfer", 1955, "Wiesenweg 20", "sinnes", 2),
    ("herr", "Deniz", "Arslan", 2000, "Goethestraße 16", "geistig", 3),
    ("frau", "Lea", "Zimmermann", 2003, "Schillerstraße 8", "koerperlich", 2),
    ("herr", "Bernd", "Fuchs", 1959, "Im Grund 6", "seelisch", 2),
    ("frau", "Ana", "Popović", 1985, "Uferweg 13", "koerperlich", 3),
    ("herr", "Simon", "Haas", 1997, "Tannenweg 24", "geistig", 2),
    ("frau", "Gisela", "Winkler", 1948, "Alte Steige 30", "koerperlich", 4),
    ("herr", "Mehmet", "Özdemir", 1974, "Webergasse 21", "seelisch", 3),
    ("frau", "Marie", "Schuster", 1992, "Hebelstraße 7", "geistig", 2),
    ("herr", "Uwe", "Brecht", 1964, "Seestraße 39", "koerperlich", 3),
    ("frau", "Zoë", "Baumann", 1995, "Turmgasse 2", "seelisch", 2),
    ("herr", "Alexander", "Keller", 1980, "Birkenweg 26", "koerperlich", 2),
    ("frau", "Renata", "Horváth", 1970, "Steinstraße 35", "sinnes", 3),
    ("herr", "Noah", "Krämer", 2005, "Kastanienallee 12", "geistig", 3),
    ("frau", "Brigitte", "Roth", 1957, "Obere Straße 44", "koerperlich", 2),
    ("herr", "Viktor", "Wagner", 1982, "Feldstraße 3", "seelisch", 2),
    ("frau", "Amira", "Haddad", 1989, "Parkstraße 27", "koerperlich", 3),
    ("herr", "Stefan", "Bürkle", 1969, "Am Stadtgraben 14", "geistig", 2),
    ("frau", "Helga", "Nußbaum", 1950, "Friedhofstraße 8", "koerperlich", 3),
    ("herr", "Emre", "Çelik", 1987, "Gerberstraße 19", "seelisch", 3),
    ("frau", "Clara", "Heß", 2001, "Panoramaweg 5", "geistig", 2),
    ("herr", "Thomas", "Grüninger", 1963, "Keltergasse 9", "koerperlich", 3),
    ("frau", "Isabella", "Rossi", 1978, "Römerstraße 50", "seelisch", 2),
    ("herr", "Felix", "Sauter", 1998, "Ahornweg 31", "geistig", 3),
    ("frau", "Doris", "Kaiser", 1961, "Mittelstraße 17", "koerperlich", 2),
    ("herr", "Robert", "Szabó", 1973, "Bachstraße 4", "seelisch", 2),
    ("frau", "Lina", "Brandstätter", 2000, "Quellenweg 22", "sinnes", 2),
    ("herr", "Georg", "Ziegler", 1954, "Rathausgasse 6", "koerperlich", 3),
)


def personen() -> list[Personenvorlage]:
    """Return the people; every second one has opened the way by e-mail."""
    people = []
    for nummer, (anrede, vorname, nachname, jahr, strasse, art, hbg) in enumerate(_TAFEL):
        people.append(
            Personenvorlage(
                anrede=anrede,
                vorname=vorname,
                nachname=nachname,
                geburtsdatum=date(jahr, nummer % 12 + 1, nummer % 27 + 1),
                strasse=strasse,
                telefon=f"07999 {4000 + nummer}",
                email=f"person{nummer:02d}@post.example" if nummer % 2 else "",
                behinderungsart=art,
                hilfebedarfsgruppe=hbg,
                barrierefreies_format="grossdruck" if art == "sinnes" else "kein",
                zusatz="c/o Bäuerle" if nummer == 5 else "",
            )
        )
    return people
