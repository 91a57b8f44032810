// Draws the picture from the tables below it: one source for eyes, screen readers and this script.
"use strict";
(() => {
  const area = document.getElementById("graph");
  const ties = document.querySelectorAll("#graph-ties tbody tr");
  const reports = document.querySelectorAll("#graph-reports tbody tr");
  const details = document.getElementById("graph-details");
  if (!area || !window.cytoscape || reports.length === 0) return;
  document.getElementById("graph-card").hidden = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const short = (text) => (text.length > 28 ? text.slice(0, 27) + "…" : text);

  const elements = [];
  for (const row of reports) {
    elements.push({ group: "nodes", data: { id: "r" + row.dataset.report }, classes: "report" });
  }
  for (const row of ties) {
    const id = "k" + row.dataset.key;
    const ignored = row.dataset.ignored === "yes";
    const holders = row.dataset.holders.split(" ").filter((one) => one !== "");
    elements.push({
      group: "nodes",
      data: { id, label: short(row.dataset.label), holders: holders.length },
      classes: ignored ? "key ignored" : "key",
    });
    for (const holder of holders) {
      elements.push({
        group: "edges",
        data: { id: id + "r" + holder, source: id, target: "r" + holder, strength: Number(row.dataset.strength) },
        classes: ignored ? "ignored" : "",
      });
    }
  }

  const style = () => [
    { selector: "node.report", style: { "background-color": colour("--graph-report"), width: 14, height: 14 } },
    {
      selector: "node.key",
      style: {
        shape: "round-rectangle", width: "label", height: 20, padding: "5px",
        "background-color": colour("--brand-tint"), "border-color": colour("--brand"), "border-width": 1.5,
        label: "data(label)", color: colour("--ink"), "font-size": 11, "font-family": "Noto Sans, Noto Sans Arabic, sans-serif",
        "text-valign": "center", "text-halign": "center",
      },
    },
    {
      selector: "node.ignored",
      style: {
        "background-color": colour("--sunken"), "border-color": colour("--line-strong"), "border-style": "dashed", color: colour("--ink-soft"),
      },
    },
    { selector: "edge", style: { "line-color": colour("--line-strong"), width: "mapData(strength, 0, 1, 1, 6)", "curve-style": "straight", opacity: 0.75 } },
    { selector: "edge.ignored", style: { "line-style": "dotted", width: 1, opacity: 0.35 } },
    { selector: ".faint", style: { opacity: 0.12 } },
    { selector: "node:selected", style: { "border-color": colour("--focus"), "border-width": 4, "z-index": 1 } },
  ];

  const graph = window.cytoscape({
    container: area, elements, style: style(), layout: { name: "null" },
    minZoom: 0.1, maxZoom: 4, autounselectify: false, boxSelectionEnabled: false,
  });

  // Shared services stand apart, below: they must not pull what they do not link.
  const linking = graph.elements().difference(graph.elements(".ignored"));
  linking.layout({
    name: "cose", animate: false, randomize: false, fit: false, padding: 20, nodeDimensionsIncludeLabels: true,
    idealEdgeLength: () => 70, nodeRepulsion: (node) => (node.hasClass("key") ? 400000 : 30000), nodeOverlap: 30,
    componentSpacing: 80, gravity: 0.3, numIter: reports.length > 150 ? 400 : 1000,
    boundingBox: { x1: 0, y1: 0, w: area.clientWidth, h: area.clientHeight },
  }).run();
  const box = linking.boundingBox();
  graph.nodes(".ignored").forEach((node, index, all) => {
    node.position({ x: box.x1 + ((index + 0.5) * Math.max(box.w, all.length * 150)) / all.length, y: box.y2 + 80 });
  });
  graph.fit(undefined, 24);

  // The same points as a list: for keyboards, and for points that others cover.
  const choice = document.getElementById("graph-point");
  const offer = (group, id, cells) => {
    const text = cells.map((cell) => cell.textContent.trim()).join(" · ");
    document.getElementById(group).append(new Option(text.length > 60 ? text.slice(0, 59) + "…" : text, id));
  };
  for (const row of ties) offer("graph-point-ties", "k" + row.dataset.key, [row.cells[0]]);
  for (const row of reports) offer("graph-point-reports", "r" + row.dataset.report, [row.cells[0], row.cells[1]]);

  const show = (row) => {
    const list = document.createElement("dl");
    list.className = "facts";
    const heads = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    [...row.cells].forEach((cell, index) => {
      const term = document.createElement("dt");
      term.textContent = heads[index];
      const value = document.createElement("dd");
      value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      list.append(term, value);
    });
    details.replaceChildren(list);
  };
  const rowOf = (id) =>
    id.startsWith("r")
      ? [...reports].find((row) => "r" + row.dataset.report === id)
      : [...ties].find((row) => "k" + row.dataset.key === id);

  graph.on("select", "node", (event) => {
    const near = event.target.closedNeighborhood();
    graph.elements().addClass("faint");
    near.removeClass("faint");
    choice.value = event.target.id();
    show(rowOf(event.target.id()));
  });
  graph.on("unselect", "node", () => graph.elements().removeClass("faint"));
  choice.addEventListener("change", () => {
    graph.elements(":selected").unselect();
    const point = graph.getElementById(choice.value);
    point.select();
    const place = point.renderedPosition();
    if (point.nonempty() && (place.x < 0 || place.y < 0 || place.x > graph.width() || place.y > graph.height())) graph.center(point);
  });

  for (const button of document.querySelectorAll("[data-graph]")) {
    button.addEventListener("click", () => {
      if (button.dataset.graph === "fit") return graph.animate({ fit: { padding: 24 }, duration: 0 });
      const centre = { x: graph.width() / 2, y: graph.height() / 2 };
      graph.zoom({ level: graph.zoom() * (button.dataset.graph === "in" ? 1.3 : 1 / 1.3), renderedPosition: centre });
    });
  }
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style()));

  // Labels are as wide as their letters: once those are there and drawn, nothing moves any more but by the reader's hand.
  document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => { area.dataset.rest = "yes"; })));
})();
