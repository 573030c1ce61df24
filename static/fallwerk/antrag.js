// Warnt beim Tippen vor einer zweiten Akte. Ohne dieses Skript kommt die Warnung beim Absenden.
"use strict";

(() => {
  const platz = document.querySelector("[data-fw-aehnlich]");
  const form = platz && platz.closest("form");
  if (!form) return;
  const NAMEN = ["vorname", "nachname", "geburtsdatum"];
  const PAUSE = 600;
  let wecker = 0;
  let lauf = 0;

  async function ask() {
    const nummer = ++lauf;
    const daten = new FormData();
    for (const name of ["csrfmiddlewaretoken", ...NAMEN]) {
      daten.append(name, form.elements[name].value);
    }
    let antwort;
    try {
      antwort = await fetch(platz.dataset.fwAehnlich, {
        method: "POST",
        body: daten,
        redirect: "manual",
      });
    } catch {
      return; // Ohne Verbindung warnt der Server beim Absenden.
    }
    if (!antwort.ok || nummer !== lauf) return;
    const teil = document.createElement("template");
    teil.innerHTML = await antwort.text();
    if (nummer !== lauf) return;
    // Sind es dieselben Personen wie zuvor, bleibt das Häkchen.
    const summe = (wo) => wo.querySelector("[data-fw-summe]")?.dataset.fwSumme ?? "";
    const haken = teil.content.querySelector("input[type=checkbox]");
    const bleibt = summe(teil.content) === summe(platz);
    if (haken && bleibt) haken.checked = platz.querySelector("input[type=checkbox]").checked;
    platz.replaceChildren(teil.content);
  }

  form.addEventListener("input", (event) => {
    if (!NAMEN.includes(event.target.name)) return;
    clearTimeout(wecker);
    wecker = setTimeout(ask, PAUSE);
  });
  if (form.elements.vorname.value && form.elements.nachname.value && !platz.firstElementChild) ask();
})();
