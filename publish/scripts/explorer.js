"use strict";

// Gives the table of all claims its controls. Without this script the table stands there whole.
(() => {
  const FILTERS = [
    ["article", 1, "Article"], ["kind", 2, "Kind"], ["role", 3, "Role"],
    ["then", 4, "At publication"], ["now", 5, "Now"], ["source", 6, "Named source"],
  ];
  const folds = new Map();
  const pairs = [...window.explorerFolding];
  for (let i = 0; i < pairs.length; i += 2) folds.set(pairs[i], pairs[i + 1]);
  folds.set("'", "’"); // as it is typed, and as it is set
  const name = new RegExp(Object.keys(window.explorerNames).join("|") || "$^", "gu");
  const fold = (text) => [...text.toLowerCase()].map((c) => folds.get(c) || c).join("").replace(name, (found) => window.explorerNames[found]);

  const box = document.getElementById("explorer");
  const controls = box.querySelector(".explorer-controls");

  const table = new window.DataTable("#explorer-table", {
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
    pageLength: 25,
    order: [],
    autoWidth: false,
    search: { smart: true, regex: false },
    columnDefs: [{ targets: [1, 2, 3, 4, 5, 6], searchable: true }],
    language: {
      info: "_START_ to _END_ of _TOTAL_ claims",
      infoFiltered: "(of _MAX_)",
      infoEmpty: "No claim",
      zeroRecords: "No claim fits. Take a filter away or shorten the search.",
      paginate: { first: "First", previous: "Previous", next: "Next", last: "Last" },
    },
  });

  const labelled = (text, field) => {
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = text;
    label.append(name, field);
    controls.append(label);
    return field;
  };
  const text = labelled("Words", document.createElement("input"));
  text.type = "search";
  text.placeholder = "gas, 人民币, 人民幣 …";
  text.name = "words";

  const option = (value, words) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    return made;
  };
  const rows = table.rows().nodes().toArray();
  const valueOf = (row, column) => row.cells[column].dataset.filter ?? row.cells[column].textContent;
  const chosen = new Map();
  for (const [name, column, title] of FILTERS) {
    const select = labelled(title, document.createElement("select"));
    select.name = name;
    const counts = new Map();
    const order = new Map();
    for (const row of rows) {
      const value = valueOf(row, column);
      counts.set(value, (counts.get(value) || 0) + 1);
      order.set(value, row.cells[column].dataset.order ?? value);
    }
    select.append(option("", "any"));
    for (const value of [...counts.keys()].sort((a, b) => String(order.get(a)).localeCompare(String(order.get(b)), "en")))
      if (value) select.append(option(value, `${value} (${counts.get(value)})`));
    chosen.set(name, select);
  }
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Show all";
  controls.append(clear);
  controls.hidden = false;

  table.search.fixed("filters", (_, data, index) => {
    const row = table.row(index).node();
    return FILTERS.every(([name, column]) => !chosen.get(name).value || valueOf(row, column) === chosen.get(name).value);
  });

  const remember = () => {
    const kept = new URLSearchParams();
    if (text.value.trim()) kept.set("words", text.value.trim());
    for (const [name, select] of chosen) if (select.value) kept.set(name, select.value);
    const open = [...box.querySelectorAll("tr.opened")].map((row) => row.dataset.claim);
    if (open.length === 1) kept.set("claim", open[0]);
    history.replaceState(null, "", kept.size ? `#${kept}` : window.location.pathname + window.location.search);
  };
  const draw = () => {
    table.search(fold(text.value)).draw();
    remember();
  };
  text.addEventListener("input", draw);
  for (const select of chosen.values()) select.addEventListener("change", draw);
  clear.addEventListener("click", () => {
    text.value = "";
    for (const select of chosen.values()) select.value = "";
    for (const row of rows) if (row.classList.contains("opened")) toggle(row);
    draw();
  });

  const loading = new Map();
  const details = (article) => {
    if (!loading.has(article)) {
      loading.set(article, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `_static/explorer/${article}.js`;
        script.onload = () => resolve(window.explorerDetails[article]);
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return loading.get(article);
  };
  const toggle = async (row) => {
    const claim = row.dataset.claim;
    const button = row.querySelector("button.explorer-open");
    const shown = table.row(row).child.isShown();
    button.setAttribute("aria-expanded", String(!shown));
    row.classList.toggle("opened", !shown);
    if (shown) {
      table.row(row).child.hide();
    } else {
      const part = document.createElement("div");
      part.innerHTML = (await details(row.dataset.article))[claim];
      dressCitations(part); // this and the next are of the book's own script
      watchTables(part);
      table.row(row).child(part, "explorer-details").show();
    }
    remember();
  };
  for (const row of rows) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "explorer-open";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `Details of ${row.dataset.claim}`);
    button.addEventListener("click", () => toggle(row));
    row.cells[0].prepend(button);
  }

  const recall = async () => {
    const kept = new URLSearchParams(window.location.hash.slice(1));
    text.value = kept.get("words") || "";
    for (const [name, select] of chosen) select.value = kept.get(name) || "";
    const claim = kept.get("claim");
    table.search(fold(text.value)).draw();
    const row = claim && rows.find((candidate) => candidate.dataset.claim === claim);
    if (row) {
      table.row(row).show?.().draw(false);
      if (!table.row(row).child.isShown()) await toggle(row);
      row.scrollIntoView({ block: "center" });
    }
  };
  window.addEventListener("hashchange", recall);
  recall();
})();
