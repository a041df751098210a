"use strict";
// The page of `mfg show`: a list of runs, the report of one, or several beside each other. It asks again while something runs.

const page = document.getElementById("page");
const where = document.getElementById("where");
const EVERY = 1500;
const chosen = new Set();
let timer = null;

async function ask(path) {
  const reply = await fetch(path);
  const data = await reply.json();
  if (!reply.ok) throw new Error(data.error);
  return data;
}

/** Asks now, and again for as long as this page is shown. */
function follow(step) {
  clearTimeout(timer);
  const here = location.hash;
  const again = async () => {
    let more = true;
    try {
      if (!document.hidden) more = await step();
      const lost = document.getElementById("lost");
      if (lost) lost.remove();
    } catch (e) {
      if (!document.getElementById("lost")) page.prepend(make("p", { class: "careful", id: "lost" }, String(e.message || e)));
    }
    if (more && location.hash === here) timer = setTimeout(again, EVERY);
  };
  again();
}

function age(changed) {
  const seconds = Math.max(0, (Date.now() - changed) / 1000);
  if (seconds < 60) return Math.round(seconds) + " s";
  if (seconds < 3600) return Math.round(seconds / 60) + " min";
  return seconds < 86400 ? Math.round(seconds / 3600) + " h" : Math.round(seconds / 86400) + " d";
}

function size(bytes) {
  return bytes < 1048576 ? Math.ceil(bytes / 1024) + " kB" : (bytes / 1048576).toFixed(1) + " MB";
}

const link = (id) => "#run=" + encodeURIComponent(id);

// ---- the list ----

function list() {
  where.replaceChildren(make("h1", {}, "Runs"));
  const filter = make("input", { type: "search", placeholder: "filter, such as A1 or running", "aria-label": "filter" });
  const compare = make("button", { type: "button" }, "compare");
  const count = make("span", { class: "soft" });
  const body = make("tbody", {});
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...["", "run", "kind", "game", "state", "result", "age", "size"].map((name) => make("th", { class: "text" }, name)))), body);
  page.replaceChildren(make("div", { class: "frames" }, filter, compare, count), make("div", { class: "scroll all" }, table));
  let runs = [];
  const draw = () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const shown = runs.filter((run) => words.every((word) => [run.id, run.kind, run.game, STATES[run.state.kind], run.result].join(" ").toLowerCase().includes(word)));
    count.textContent = shown.length === runs.length ? `${runs.length} runs` : `${shown.length} of ${runs.length} runs`;
    compare.disabled = chosen.size < 2;
    compare.textContent = chosen.size < 2 ? "choose two or more to compare" : `compare ${chosen.size}`;
    body.replaceChildren(...shown.slice(0, 500).map((run) => {
      const box = make("input", { type: "checkbox", "aria-label": "choose " + run.id });
      box.checked = chosen.has(run.id);
      box.onchange = () => { if (box.checked) chosen.add(run.id); else chosen.delete(run.id); draw(); };
      const text = (...children) => make("td", { class: "text" }, ...children);
      return make("tr", {}, make("td", {}, box), text(make("a", { href: link(run.id) }, run.id)), text(run.kind), text(run.game), text(stateOf(run.state)), text(run.result), text(age(run.changed)), make("td", {}, size(run.bytes)));
    }));
    if (shown.length > 500) body.append(make("tr", {}, make("td", { colspan: 8, class: "text soft" }, `and ${shown.length - 500} more: filter to see them`)));
    if (!runs.length) body.append(make("tr", {}, make("td", { colspan: 8, class: "text soft" }, "Nothing was run here yet. Try: ./mfg design A1")));
  };
  filter.oninput = draw;
  compare.onclick = () => { location.hash = "compare=" + [...chosen].map(encodeURIComponent).join("&"); };
  follow(async () => {
    runs = await ask("/runs");
    draw();
    return true;
  });
}

function back(text) {
  where.replaceChildren(make("p", {}, make("a", { href: "#" }, "← all runs"), text ? " · " + text : ""));
}

// ---- one ----

function one(id) {
  back(id);
  page.replaceChildren();
  let draw = null;
  let state = "";
  follow(async () => {
    const data = await ask("/report?run=" + encodeURIComponent(id));
    if (!draw || (state === "RUNNING" && data.state.kind !== "RUNNING")) {
      page.replaceChildren(); // when it ends, all of its charts come
      draw = report(page, data);
    } else draw(data);
    state = data.state.kind;
    document.title = "mfg: " + id;
    return state === "RUNNING";
  });
}

// ---- several ----

/** One chart of several runs: the curves of each in its colour. */
function overlaid(title, parts) {
  const first = parts[0].plot;
  const alike = parts.every((part) => part.plot.title === first.title); // else they are of different games
  const single = parts.every((part) => part.plot.curves.length === 1);
  return Object.assign({}, first, {
    title: alike ? title : title.replace(/^[^:]*: /, ""), marks: [], levels: alike ? first.levels : [],
    curves: parts.flatMap((part) => part.plot.curves.map((curve) => Object.assign({}, curve, { name: single ? part.name : `${part.name}: ${curve.name}` }))),
  });
}

/** Charts by name and place that all runs have, a chart for each curve where they have several. */
function together(reports, names) {
  const sections = [];
  for (const section of reports[0].sections) {
    const all = reports.map((r) => r.sections.find((s) => s.name === section.name));
    if (all.some((s) => !s)) continue;
    const charts = [];
    section.charts.forEach((plot, i) => {
      const plots = all.map((s) => s.charts[i]);
      if (plots.some((p) => !p || p.kind !== "Curves")) {
        plots.forEach((p, k) => p && charts.push(Object.assign({}, p, { title: `${names[k]}: ${p.title}` })));
        return;
      }
      const curves = plot.curves.map((c) => c.name).filter((name) => plots.every((p) => p.curves.some((c) => c.name === name)));
      const apart = curves.length > 0 ? curves : [null];
      apart.forEach((name) => charts.push(overlaid(name === null || apart.length === 1 ? plot.title : `${plot.title}: ${name}`, plots.map((p, k) => ({
        name: names[k], plot: name === null ? p : Object.assign({}, p, { curves: p.curves.filter((c) => c.name === name) }),
      })))));
    });
    if (charts.length) sections.push(Object.assign({}, section, { charts }));
  }
  return sections;
}

function several(ids) {
  back("comparison");
  page.replaceChildren(make("h1", {}, `${ids.length} runs compared`));
  const heads = make("div", {});
  const parts = make("div", {});
  page.append(heads, parts);
  const drawn = new Map();
  let before = "";
  follow(async () => {
    const reports = await Promise.all(ids.map((id) => ask("/report?run=" + encodeURIComponent(id))));
    const facts = [...new Set(reports.flatMap((r) => r.answers.flatMap((a) => a.facts.map((f) => f.label))))];
    const fact = (r, label) => r.answers.flatMap((a) => a.facts).filter((f) => f.label === label).map((f) => f.value)[0] || "";
    const rows = [make("tr", {}, make("th", { class: "text" }, ""), ...ids.map((id) => make("th", { class: "text" }, make("a", { href: link(id) }, id))))];
    rows.push(make("tr", {}, make("td", { class: "text" }, "state"), ...reports.map((r) => make("td", { class: "text" }, stateOf(r.state)))));
    facts.forEach((label) => rows.push(make("tr", {}, make("td", { class: "text" }, label), ...reports.map((r) => make("td", { class: "text" }, fact(r, label))))));
    const options = [...new Set(reports.flatMap((r) => Object.keys(r.options)))];
    options.forEach((name) => {
      const values = reports.map((r) => r.options[name] === undefined ? "–" : r.options[name]);
      if (new Set(values).size > 1) rows.push(make("tr", { class: "differs" }, make("td", { class: "text" }, "--" + name), ...values.map((value) => make("td", { class: "wide" }, value))));
    });
    const same = options.filter((name) => reports[0].options[name] !== "" && new Set(reports.map((r) => r.options[name])).size === 1);
    const differ = rows.some((row) => row.className === "differs");
    heads.replaceChildren(make("div", { class: "scroll" }, make("table", {}, ...rows)),
      make("p", { class: "soft small" }, (differ ? "Options that differ are marked. " : "No option differs. ") + "The same in all: " + same.map((name) => `--${name} ${reports[0].options[name]}`).join(", ")));
    const sections = together(reports, ids);
    const now = sections.map((s) => s.name + s.charts.length).join();
    if (now !== before) {
      parts.replaceChildren();
      drawn.clear();
      before = now;
    }
    sections.forEach((section) => {
      if (drawn.has(section.name)) drawn.get(section.name).update(section);
      else {
        const made = sectionOf(section);
        drawn.set(section.name, made);
        parts.append(made.box);
      }
    });
    if (!sections.length) parts.replaceChildren(make("p", { class: "soft" }, "These runs have no chart in common."));
    return reports.some((r) => r.state.kind === "RUNNING");
  });
}

function route() {
  document.title = "mfg: runs";
  let hash = location.hash.slice(1);
  try {
    decodeURIComponent(hash);
  } catch (e) {
    hash = ""; // no address of this page
  }
  if (hash.startsWith("run=")) one(decodeURIComponent(hash.slice(4)));
  else if (hash.startsWith("compare=")) several(hash.slice(8).split("&").map(decodeURIComponent));
  else list();
}

window.onhashchange = route;
route();
