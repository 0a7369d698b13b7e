"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("filter");
  const field = (name) => form.elements.namedItem(name);
  const names = ["search", "feature", "kind", "answer"];
  const groups = Array.from(document.querySelectorAll("#matrix > tbody"), (body) => ({
    body,
    feature: body.dataset.feature,
    rows: Array.from(body.rows).slice(1),
  }));
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
  // Read once, when first searched.
  const texts = new Map();
  const textOf = (row) => {
    let text = texts.get(row);
    if (text === undefined) {
      text = row.textContent.toLowerCase();
      texts.set(row, text);
    }
    return text;
  };

  function apply() {
    const words = field("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [feature, kind, answer] = ["feature", "kind", "answer"].map((name) => field(name).value);
    let count = 0;
    for (const group of groups) {
      const here = feature === "" || feature === group.feature;
      let inGroup = 0;
      for (const row of group.rows) {
        const fits =
          here &&
          (kind === "" || kind === row.dataset.kind) &&
          (answer === "" || row.dataset.answers[Number(answer[0])] === answer[1]) &&
          words.every((word) => textOf(row).includes(word));
        row.hidden = !fits;
        inGroup += Number(fits);
      }
      group.body.hidden = inGroup === 0;
      count += inGroup;
    }
    document.getElementById("shown").textContent = `${count} of ${total} shown`;
  }

  // What is shown can be handed on as a link: `#search=FR-003&answer=3n`.
  function remember() {
    const kept = new URLSearchParams();
    for (const name of names) {
      if (field(name).value !== "") kept.set(name, field(name).value);
    }
    try {
      history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
    } catch {
      // A page inside another one may not.
    }
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of names) field(name).value = kept.get(name) ?? "";
  }

  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      apply();
      remember();
    });
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const store = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("spec-analyzer-theme");
      localStorage.setItem("spec-analyzer-theme", value);
    } catch {
      // Pages opened from a file may have no storage.
    }
    return null;
  };
  const kept = store();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  const button = document.getElementById("theme");
  const name = () => {
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store(root.dataset.theme);
    name();
  });
  dark.addEventListener("change", name);
  name();

  // Paper cannot unfold.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details:not([open])")) {
      folded.open = true;
      folded.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const opened of document.querySelectorAll("details[data-printed]")) {
      opened.open = false;
      delete opened.dataset.printed;
    }
  });
  addEventListener("keydown", (event) => {
    const writing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field("search").focus();
    }
  });

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(soon));
  addEventListener("hashchange", () => {
    recall();
    apply();
  });
  recall();
  apply();
})();
