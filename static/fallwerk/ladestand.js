// Rückt den Balken der Vorführdaten nach, bis alle da sind. Ohne dieses Skript steht er beim Stand
// des Seitenaufrufs.
"use strict";

(() => {
  const hinweis = document.querySelector("[data-fw-ladestand]");
  if (!hinweis) return;
  const text = hinweis.querySelector("label");
  const balken = hinweis.querySelector("progress");
  const meldung = hinweis.querySelector("[role='status']");

  async function ask() {
    // Ohne Cookie: Das Nachsehen verlängert keine Sitzung.
    const antwort = await fetch(hinweis.dataset.fwLadestand, { credentials: "omit" });
    if (!antwort.ok) return true;
    const stand = (await antwort.json()).vorfuehrung;
    if (!stand) {
      text.textContent = "Die Vorführdaten sind vollständig.";
      balken.value = balken.max;
      meldung.textContent = "Beim nächsten Seitenaufruf sehen Sie alle Fälle.";
      return false;
    }
    text.textContent = stand.text;
    balken.value = stand.wert;
    return stand.laeuft;
  }

  async function follow() {
    try {
      if (!(await ask())) return;
    } catch {
      // Der Server antwortet gerade nicht; beim nächsten Mal wieder.
    }
    setTimeout(follow, 3000);
  }

  setTimeout(follow, 3000);
})();
