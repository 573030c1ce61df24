// Hält fest, was in einem Formular steht, und erneuert die Anmeldung, ohne die Seite zu verlassen.
"use strict";

(() => {
  const TAKT = 20000;
  const form = document.querySelector("form[data-fw-entwurf]");
  const dialog = document.querySelector("[data-fw-anmelden]");
  if (!form || !dialog) return;
  const ziel = dialog.dataset.fwEntwurfZiel;
  const stand = dialog.dataset.fwStand;
  const meldung = document.createElement("p");
  meldung.className = "fw-leise fw-entwurfstand";
  meldung.setAttribute("role", "status");
  (form.querySelector(".fw-knoepfe") || form).append(meldung);

  let geaendert = false;
  let laeuft = false;
  let nachAnmeldung = null;

  function content() {
    const daten = new FormData(form);
    for (const [name, wert] of [...daten]) if (wert instanceof File) daten.delete(name);
    daten.set("entwurf_pfad", form.dataset.fwEntwurf);
    daten.set("entwurf_titel", form.dataset.fwEntwurfTitel || "");
    return daten;
  }

  async function keep() {
    if (!geaendert || laeuft || dialog.open || form.hasAttribute("data-fw-laeuft")) return;
    laeuft = true;
    geaendert = false;
    try {
      const antwort = await fetch(ziel, { method: "POST", body: content(), redirect: "manual" });
      if (antwort.ok) {
        const { um } = await antwort.json();
        meldung.textContent = `Entwurf gesichert um ${um} Uhr`;
      } else if (antwort.type === "opaqueredirect" || antwort.status === 403) {
        geaendert = true;
        // Nach einer Anmeldung in einem anderen Fenster fehlt nur der neue Schlüssel.
        if (!(await resume())) askLogin(keep);
      } else {
        // Was am Server liegt, vergeht; der nächste Takt versucht es wieder.
        geaendert = antwort.status >= 500 || antwort.status === 429;
        const fehler = antwort.status === 413 ? (await antwort.json()).fehler : "";
        meldung.textContent =
          fehler ||
          (geaendert
            ? "Der Entwurf ist noch nicht gesichert; Fallwerk versucht es gleich noch einmal."
            : "Der Entwurf konnte nicht gesichert werden.");
      }
    } catch {
      geaendert = true;
      meldung.textContent = "Keine Verbindung: Der Entwurf ist noch nicht gesichert.";
    } finally {
      laeuft = false;
    }
  }

  function askLogin(danach) {
    nachAnmeldung = danach;
    const warnung = document.querySelector("dialog[data-fw-sitzung][open]");
    if (warnung) warnung.close();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-fw-kennwort] input").focus();
  }

  // Fragt, wer angemeldet ist; gibt den neuen Schlüssel für die Formulare dieser Seite zurück.
  async function session() {
    const antwort = await fetch(stand, { redirect: "manual", cache: "no-store" });
    return antwort.ok ? antwort.json() : null;
  }

  function renewKeys(schluessel) {
    for (const feld of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      feld.value = schluessel;
    }
  }

  async function resume() {
    const jetzt = await session();
    if (!jetzt) return false;
    const fehler = dialog.querySelector("[data-fw-anmelden-fehler]");
    if (jetzt.benutzer !== dialog.dataset.fwAnmelden) {
      fehler.textContent =
        "In diesem Browser ist jetzt jemand anderes angemeldet. Das Formular gehört zu " +
        `„${dialog.dataset.fwAnmelden}“.`;
      return false;
    }
    fehler.textContent = "";
    renewKeys(jetzt.schluessel);
    localStorage.setItem("fallwerk-zuletzt", String(Date.now()));
    if (dialog.open) dialog.close();
    meldung.textContent = "Sie sind wieder angemeldet.";
    const danach = nachAnmeldung;
    nachAnmeldung = null;
    if (danach) danach();
    return true;
  }

  async function tokenOf(adresse) {
    const antwort = await fetch(adresse, { cache: "no-store" });
    const seite = new DOMParser().parseFromString(await antwort.text(), "text/html");
    const feld = seite.querySelector("input[name=csrfmiddlewaretoken]");
    return feld ? feld.value : "";
  }

  async function logIn(event) {
    event.preventDefault();
    const anmeldung = event.target;
    const code = dialog.querySelector("[data-fw-code]");
    const fehler = dialog.querySelector("[data-fw-anmelden-fehler]");
    const adresse = code.hidden ? anmeldung.action : code.dataset.adresse;
    const daten = new FormData(anmeldung);
    daten.set("csrfmiddlewaretoken", await tokenOf(adresse));
    daten.delete(code.hidden ? "code" : "password");
    const antwort = await fetch(adresse, {
      method: "POST",
      body: daten,
      headers: { "X-Requested-With": "XMLHttpRequest" },
      redirect: "manual",
    });
    if (code.hidden && antwort.ok) {
      const { location: weiter } = await antwort.json();
      if (weiter && weiter.includes("zweiter-faktor")) {
        code.dataset.adresse = weiter;
        code.hidden = false;
        dialog.querySelector("[data-fw-kennwort]").hidden = true;
        code.querySelector("input").focus();
        return;
      }
    }
    for (const feld of anmeldung.querySelectorAll("[name=password], [name=code]")) feld.value = "";
    if (await resume()) {
      code.hidden = true;
      dialog.querySelector("[data-fw-kennwort]").hidden = false;
    } else if (!fehler.textContent) {
      fehler.textContent = code.hidden
        ? "Das Passwort stimmt nicht, oder das Konto ist gesperrt."
        : "Der Code stimmt nicht. Bitte warten Sie auf den nächsten.";
    }
  }

  // Vor dem Absenden wird geprüft, ob die Sitzung noch lebt: Was getippt ist, bleibt auf der Seite.
  let geprueft = false;
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target !== form || geprueft) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const knopf = event.submitter;
      const submit = () => {
        geprueft = true;
        form.requestSubmit(knopf);
        geprueft = false;
      };
      let jetzt = null;
      try {
        jetzt = await session();
      } catch {
        meldung.textContent = "Keine Verbindung. Ihre Eingaben stehen noch hier.";
        return;
      }
      if (!jetzt) {
        askLogin(submit);
        return;
      }
      renewKeys(jetzt.schluessel);
      submit();
    },
    true,
  );

  dialog.querySelector("form").addEventListener("submit", logIn);
  // Die Anmeldung kann auch in einem anderen Fenster geschehen sein.
  window.addEventListener("focus", () => dialog.open && resume());
  form.addEventListener("input", () => {
    geaendert = true;
  });
  form.addEventListener("change", () => {
    geaendert = true;
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  setInterval(keep, TAKT);
})();
