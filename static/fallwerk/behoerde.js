// Beispiel eines Aktenzeichens, während das Schema getippt wird. Ohne Skript prüft es der Server.
"use strict";

(() => {
  const karte = document.querySelector("[data-fw-beispiel]");
  const schema = document.querySelector("[data-fw-schema]");
  const praefix = document.querySelector("[name=aktenzeichen_praefix]");
  if (!karte || !schema || !praefix) return;
  const text = karte.querySelector("[data-fw-beispiel-text]");
  let uhr = 0;

  async function show() {
    const frage = new URLSearchParams({ schema: schema.value, praefix: praefix.value });
    try {
      const antwort = await fetch(`${karte.dataset.fwBeispiel}?${frage}`);
      if (!antwort.ok || antwort.redirected) return;
      const { beispiel, fehler } = await antwort.json();
      text.textContent = beispiel || fehler;
    } catch {
      // Ohne Verbindung bleibt das letzte Beispiel stehen; der Server prüft beim Speichern.
    }
  }

  for (const feld of [schema, praefix]) {
    feld.addEventListener("input", () => {
      clearTimeout(uhr);
      uhr = setTimeout(show, 250);
    });
  }
})();
