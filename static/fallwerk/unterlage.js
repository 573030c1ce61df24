// Ablagefläche für Dateien. Ohne dieses Skript bleibt das gewöhnliche Dateifeld.
"use strict";

(() => {
  const feld = document.querySelector("input[data-fw-ablage]");
  if (!feld) return;
  const flaeche = document.createElement("div");
  flaeche.className = "fw-ablage";
  const hinweis = document.createElement("p");
  hinweis.textContent = "Dateien hierher ziehen oder auswählen:";
  const liste = document.createElement("ul");
  liste.className = "fw-ablage__liste";
  liste.setAttribute("aria-live", "polite");
  feld.replaceWith(flaeche);
  flaeche.append(hinweis, feld, liste);

  function show() {
    liste.replaceChildren(
      ...Array.from(feld.files, (datei) => {
        const zeile = document.createElement("li");
        const groesse = (datei.size / 1024 / 1024).toLocaleString("de-DE", {
          maximumFractionDigits: 1,
        });
        zeile.textContent = `${datei.name} (${groesse} MB)`;
        return zeile;
      }),
    );
  }

  feld.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    flaeche.addEventListener(name, (event) => {
      event.preventDefault();
      flaeche.classList.add("fw-ablage--ziel");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    flaeche.addEventListener(name, () => flaeche.classList.remove("fw-ablage--ziel"));
  }
  flaeche.addEventListener("drop", (event) => {
    event.preventDefault();
    const alle = new DataTransfer();
    for (const datei of [...feld.files, ...event.dataTransfer.files]) alle.items.add(datei);
    feld.files = alle.files;
    show();
  });
  // Wer daneben loslässt, verliert die Seite nicht.
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => event.preventDefault());
  }
})();
