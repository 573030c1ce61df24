// Kleine Erleichterungen. Jede Seite läuft auch ohne dieses Skript.
"use strict";

(() => {
  const WARNUNG_VORHER = 5 * 60;
  const SPEICHER = "fallwerk-zuletzt";

  // Nach einer abgelehnten Eingabe beginnt das Vorlesen bei der Liste der Fehler.
  function focusErrors() {
    const liste = document.querySelector("[data-fw-fehler]");
    if (!liste) return;
    // autofocus reicht fast immer; ältere Browser kennen es nur für Eingabefelder.
    requestAnimationFrame(() => {
      if (document.activeElement !== liste) liste.focus();
    });
    liste.addEventListener("click", (event) => {
      const verweis = event.target.closest("a[href^='#']");
      const ziel = verweis && document.getElementById(verweis.hash.slice(1));
      if (!ziel) return;
      event.preventDefault();
      const feld = ziel.matches("fieldset") ? ziel.querySelector("input") : ziel;
      ziel.scrollIntoView({ block: "center" });
      feld.focus({ preventScroll: true });
    });
  }

  // Ein zweiter Klick schickt nichts ein zweites Mal; der Server prüft es ohnehin.
  function submitOnce() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (!form.matches("[data-fw-einmal]")) return;
      if (form.hasAttribute("data-fw-laeuft")) {
        event.preventDefault();
        return;
      }
      form.setAttribute("data-fw-laeuft", "");
      const knopf = event.submitter;
      if (knopf) knopf.setAttribute("data-fw-laeuft", "");
    });
    // Der Zurück-Knopf des Browsers zeigt die Seite so, wie sie war.
    window.addEventListener("pageshow", () => {
      for (const teil of document.querySelectorAll("[data-fw-laeuft]")) {
        teil.removeAttribute("data-fw-laeuft");
      }
    });
  }

  // Aufklappmenüs schließen mit Escape und mit einem Klick daneben.
  function closeMenus() {
    const offene = () => document.querySelectorAll("details[data-fw-klappe][open]");
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const menue of offene()) {
        menue.open = false;
        menue.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      for (const menue of offene()) {
        if (!menue.contains(event.target)) menue.open = false;
      }
    });
  }

  // Auf Papier steht jede Begründung offen; ein Sprung zu einem Abschnitt klappt ihn auf.
  function openSections() {
    const geoeffnet = new Set();
    window.addEventListener("beforeprint", () => {
      for (const teil of document.querySelectorAll("details:is(.fw-warum, [data-fw-druck])")) {
        if (teil.open) continue;
        teil.open = true;
        geoeffnet.add(teil);
      }
    });
    window.addEventListener("afterprint", () => {
      for (const teil of geoeffnet) teil.open = false;
      geoeffnet.clear();
    });
    const jump = () => {
      const ziel = document.getElementById(location.hash.slice(1));
      if (ziel?.matches("details[data-fw-druck]")) ziel.open = true;
    };
    window.addEventListener("hashchange", jump);
    jump();
  }

  // Aus dem aufklappbaren Abschnitt wird ein Dialog; ein Fehler im Inhalt öffnet ihn gleich.
  function enhanceDialogs() {
    for (const klappe of document.querySelectorAll("[data-fw-dialog]")) {
      const inhalt = klappe.querySelector("[data-fw-dialog-inhalt]");
      const knopf = klappe.querySelector("summary");
      const dialog = document.createElement("dialog");
      dialog.className = "kern-dialog fw-dialog";
      dialog.setAttribute("aria-labelledby", inhalt.getAttribute("aria-labelledby"));
      const zu = document.createElement("button");
      zu.type = "button";
      zu.className = "kern-btn kern-btn--tertiary fw-dialog__zu";
      const text = document.createElement("span");
      text.className = "kern-label";
      text.textContent = "Abbrechen";
      zu.append(text);
      inhalt.append(zu);
      dialog.append(inhalt);
      klappe.after(dialog);
      knopf.setAttribute("aria-haspopup", "dialog");
      knopf.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.showModal();
      });
      zu.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => knopf.focus());
      if (klappe.open || inhalt.querySelector("[data-fw-fehler]")) {
        klappe.open = false;
        dialog.showModal();
      }
    }
  }

  // Fünf Minuten vor dem Ende der Sitzung fragt ein Dialog, ob es weitergehen soll.
  function watchSession() {
    const dialog = document.querySelector("[data-fw-sitzung]");
    if (!dialog) return;
    const dauer = Number(dialog.dataset.fwSitzung) * 1000;
    const rest = dialog.querySelector("[data-fw-rest]");
    const form = dialog.querySelector("form");
    const now = () => Date.now();
    const remember = () => localStorage.setItem(SPEICHER, String(now()));
    remember();

    function check() {
      const uebrig = Number(localStorage.getItem(SPEICHER)) + dauer - now();
      if (uebrig > WARNUNG_VORHER * 1000) {
        if (dialog.open) dialog.close();
        return;
      }
      const minuten = Math.max(0, Math.ceil(uebrig / 60000));
      rest.textContent =
        minuten > 1
          ? rest.dataset.fwRest.replace("{}", String(minuten))
          : "Sie werden in weniger als einer Minute abgemeldet.";
      if (uebrig <= 0) rest.textContent = "Die Sitzung ist abgelaufen.";
      if (!dialog.open) dialog.showModal();
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const antwort = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        redirect: "manual",
      });
      if (antwort.ok) {
        remember();
        dialog.close();
      } else {
        rest.textContent =
          "Die Sitzung ist abgelaufen. Ihre Eingaben stehen noch hier: Speichern Sie, " +
          "dann werden sie nach der neuen Anmeldung wieder eingesetzt.";
        form.querySelector("button").hidden = true;
      }
    });
    setInterval(check, 15000);
  }

  focusErrors();
  submitOnce();
  closeMenus();
  openSections();
  enhanceDialogs();
  watchSession();
})();
