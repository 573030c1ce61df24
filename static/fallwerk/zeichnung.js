// Beispiel der Unterschrift, während die Regel gewählt wird. Ohne Skript zeigt es der Server.
"use strict";

(() => {
  const ziel = document.querySelector("[data-fw-zeichnung-beispiel]");
  const felder = document.querySelectorAll("[data-fw-zeichnung]");
  const formular = felder[0]?.closest("form");
  if (!ziel || !formular) return;
  let uhr = 0;
  let frage = "";

  async function show() {
    const daten = new FormData(formular);
    const werte = new URLSearchParams();
    for (const feld of felder) werte.set(feld.name, daten.get(feld.name) ?? "");
    frage = werte.toString();
    const gestellt = frage;
    try {
      const antwort = await fetch(`${ziel.dataset.fwZeichnungBeispiel}?${frage}`);
      if (!antwort.ok || antwort.redirected || gestellt !== frage) return;
      ziel.innerHTML = await antwort.text();
    } catch {
      // Ohne Verbindung bleibt das letzte Beispiel stehen; der Server prüft beim Speichern.
    }
  }

  for (const feld of felder) {
    feld.addEventListener("input", () => {
      clearTimeout(uhr);
      uhr = setTimeout(show, 250);
    });
  }
})();
