// Zieht auf dem Bild einer Seite einen Bereich auf und schreibt ihn als Zeile in das Feld.
// Ohne dieses Skript werden die Bereiche in Millimetern eingetippt.
"use strict";

(() => {
  const bild = document.querySelector("[data-fw-schwaerzen]");
  const feld = document.querySelector("#id_bereiche");
  if (!bild || !feld) return;
  bild.draggable = false;
  bild.style.touchAction = "none";
  let anfang = null;

  const stelle = (ereignis) => {
    const rahmen = bild.getBoundingClientRect();
    const mm = Number(bild.dataset.breite) / rahmen.width;
    return { x: (ereignis.clientX - rahmen.left) * mm, y: (ereignis.clientY - rahmen.top) * mm };
  };
  const zahl = (wert) => String(Math.max(0, Math.round(wert * 10) / 10)).replace(".", ",");

  bild.addEventListener("pointerdown", (ereignis) => {
    anfang = stelle(ereignis);
    bild.setPointerCapture(ereignis.pointerId);
    ereignis.preventDefault();
  });
  bild.addEventListener("pointerup", (ereignis) => {
    if (!anfang) return;
    const ende = stelle(ereignis);
    const breite = Math.abs(ende.x - anfang.x);
    const hoehe = Math.abs(ende.y - anfang.y);
    if (breite > 1 && hoehe > 1) {
      const links = zahl(Math.min(anfang.x, ende.x));
      const oben = zahl(Math.min(anfang.y, ende.y));
      const zeile = [bild.dataset.fwSchwaerzen, links, oben, zahl(breite), zahl(hoehe)].join("; ");
      feld.value = feld.value.trim() ? `${feld.value.trim()}\n${zeile}` : zeile;
      feld.dispatchEvent(new Event("input", { bubbles: true }));
    }
    anfang = null;
  });
})();
