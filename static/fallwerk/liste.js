// Arrow keys lead from row to row of a list marked data-fw-liste; without a script Tab does the same.
(() => {
  "use strict";
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  document.querySelectorAll("[data-fw-liste]").forEach((list) => {
    list.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!step || !plain || !event.target.matches("th[scope='row'] a")) return;
      const links = [...list.querySelectorAll("th[scope='row'] a")];
      const next = links[links.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
})();
