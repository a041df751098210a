"use strict";
// Draws what a report says. Every text comes from files: it is only ever set as text, never as HTML.

// Okabe and Ito's colours; ColorBrewer's YlGnBu. mfg.eval.view.Drawing has the same.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const SHADES = ["#FFFFD9", "#EDF8B1", "#C7E9B4", "#7FCDBB", "#41B6C4", "#1D91C0", "#225EA8", "#253494", "#081D58"];
const DASHES = [[8, 4], [2, 3], [8, 3, 2, 3], [14, 3]];
const GREY = "#4a4a4a";

/** Makes an element with texts or elements in it. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function number(x) {
  if (x === null || x === undefined || !Number.isFinite(+x)) return "";
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return (+(+x).toPrecision(4)).toExponential();
  return String(+(+x).toPrecision(6));
}

// ---- what charts have in common ----

const FONT = { color: "#333", fontSize: 12 };

function axis(of, isX, whole) {
  const axis = {
    type: of.logarithmic ? "log" : "value", name: of.label, nameLocation: isX ? "middle" : "end", nameGap: isX ? 28 : 16,
    nameTextStyle: isX ? FONT : Object.assign({ align: "left", padding: [0, 0, 0, -56] }, FONT), axisLabel: { color: "#333", hideOverlap: true, formatter: number },
    splitLine: { lineStyle: { color: "#ececec" } }, axisLine: { show: true, lineStyle: { color: "#999" } }, scale: true,
  };
  if (whole) axis.minInterval = 1;
  if (of.low !== null) axis.min = of.low;
  if (of.high !== null) axis.max = of.high;
  return of.logarithmic ? axis : even(axis);
}

/** An end that is no round number has no label: it would touch its neighbour. */
function even(axis) {
  const round = (x) => x === undefined || String(Math.abs(+x.toPrecision(12))).replace(/^0\.0*|[.]|0+$/g, "").length < 3;
  axis.axisLabel.showMinLabel = round(axis.min) ? undefined : false;
  axis.axisLabel.showMaxLabel = round(axis.max) ? undefined : false;
  return axis;
}

/** What all have; a chart of no y label needs less room above. */
function frame(of, legend) {
  return {
    animation: false, color: COLOURS, textStyle: { fontFamily: "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" },
    grid: { left: 66, right: 24, top: of.y && of.y.label === "" ? 22 : 40, bottom: legend ? 78 : 50 },
    toolbox: { right: 4, top: -4, feature: { saveAsImage: { title: "PNG", name: of.title } }, iconStyle: { borderColor: "#888" } },
  };
}

/** In as many lines as the names need, up to four. */
function legendOf(names, lines) {
  return { type: lines > 4 ? "scroll" : "plain", bottom: 0, data: names, textStyle: FONT, itemWidth: 28 };
}

function linesOf(names, box) {
  return Math.ceil(names.reduce((sum, name) => sum + 48 + 6.6 * name.length, 0) / Math.max(200, box.clientWidth - 40));
}

/** Points that an axis can show; what is no number is a gap. */
function points(plot, curve) {
  const shown = [];
  for (let i = 0; i < curve.x.length; i++) {
    const x = curve.x[i], y = curve.y[i];
    if (x === null || (plot.x.logarithmic && x <= 0)) continue;
    if (y === null) shown.push([x, "-"]);
    else if (!(plot.y.logarithmic && y <= 0)) shown.push([x, y, curve.ends ? curve.ends[0][i] : null, curve.ends ? curve.ends[1][i] : null]);
  }
  return shown;
}

/** Intervals that are there: x and both ends. None comes to zero on a logarithmic axis. */
function intervals(data, logarithmic) {
  return data.filter((p) => p[1] !== "-" && typeof p[2] === "number" && typeof p[3] === "number")
    .map((p) => [p[0], logarithmic ? Math.max(p[2], p[1] / 10) : p[2], p[3]]);
}

function band(curve, data, colour, logarithmic) {
  const edges = intervals(data, logarithmic);
  return {
    type: "custom", name: curve.name, silent: true, clip: true, z: 1, itemStyle: { color: colour },
    encode: { x: 0, y: [1, 2] }, data: edges, tooltip: { show: false },
    renderItem(params, api) {
      if (params.dataIndexInside > 0) return null;
      const around = edges.map((e) => api.coord([e[0], e[2]])).concat(edges.slice().reverse().map((e) => api.coord([e[0], e[1]])));
      return { type: "polygon", shape: { points: around }, style: { fill: colour, opacity: 0.2 } };
    },
  };
}

function errorBars(curve, data, colour, logarithmic) {
  return {
    type: "custom", name: curve.name, silent: true, clip: true, z: 3, itemStyle: { color: colour }, tooltip: { show: false },
    encode: { x: 0, y: [1, 2] },
    data: intervals(data, logarithmic).filter((e) => e[1] < e[2]),
    renderItem(params, api) {
      const low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]);
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5 } });
      return { type: "group", children: [line(low[0], low[1], high[0], high[1]), line(low[0] - 4, low[1], low[0] + 4, low[1]), line(high[0] - 4, high[1], high[0] + 4, high[1])] };
    },
  };
}

/** One of the runs that a curve is the mean of. */
function singleRun(curve, data, colour) {
  const line = curve.style === "LINE" && data.length > 1;
  return {
    type: line ? "line" : "scatter", name: curve.name, data, z: 1, silent: true, tooltip: { show: false }, showSymbol: false, encode: { x: 0, y: 1 },
    symbol: "path://M-4,-5L0,-1L4,-5L5,-4L1,0L5,4L4,5L0,1L-4,5L-5,4L-1,0L-5,-4Z", symbolSize: 8,
    lineStyle: { width: 0.8, color: colour, opacity: 0.5 }, itemStyle: { color: colour, opacity: line ? 1 : 0.7 },
  };
}

// ---- a chart of each kind ----

function curves(plot, box) {
  const names = plot.curves.map((c) => c.name).concat(plot.levels.map((l) => l.name));
  const legend = names.length > 1;
  const series = [];
  let least = Infinity, most = -Infinity;
  plot.curves.forEach((curve, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const data = points(plot, curve);
    data.forEach((p) => { least = Math.min(least, p[0]); most = Math.max(most, p[0]); });
    if (curve.ends) series.push((curve.style === "LINE" ? band : errorBars)(curve, data, colour, plot.y.logarithmic));
    const fit = curve.style === "FIT";
    series.push({
      type: curve.style === "POINTS" ? "scatter" : "line", name: curve.name, data, z: 2, symbol: "circle",
      symbolSize: curve.style === "POINTS" ? 8 : 6, showSymbol: curve.style === "THROUGH" || data.length === 1,
      step: curve.style === "STEPS" ? "end" : false, areaStyle: curve.style === "STEPS" ? { opacity: 0.7 } : undefined,
      lineStyle: { width: 2, type: fit || i >= COLOURS.length ? [6, 4] : "solid", color: fit ? GREY : colour },
      itemStyle: { color: fit ? GREY : colour }, encode: { x: 0, y: 1 },
    });
    for (const single of curve.singles || []) series.push(singleRun(curve, points(plot, { x: curve.x, y: single }), colour));
  });
  plot.levels.forEach((level, i) => series.push({
    type: "line", name: level.name, data: [[least, level.y], [most, level.y]], showSymbol: false, z: 1, symbol: "none",
    lineStyle: { type: DASHES[i % DASHES.length], color: GREY, width: 1.5 }, itemStyle: { color: GREY },
  }));
  if (plot.marks.length && series.length) {
    series[series.length - 1].markLine = {
      symbol: "none", silent: true, lineStyle: { color: "#888", type: "dotted", width: 2 },
      data: plot.marks.map((mark) => ({ xAxis: mark.x, label: { formatter: mark.name, color: "#555", position: "end", rotate: 0, align: mark.x - least > most - mark.x ? "right" : "left", offset: mark.x - least < (most - least) / 8 ? [64, 0] : [0, 0] } })),
    };
  }
  const xAxis = axis(plot.x, true, plot.curves.every((c) => c.x.every(Number.isInteger)));
  if (!plot.x.logarithmic && least < most && plot.curves.every((c) => c.style === "LINE")) {
    xAxis.min ??= least;
    xAxis.max ??= most;
    even(xAxis);
  }
  const lines = linesOf(names, box);
  const around = frame(plot, legend);
  if (legend && lines <= 4) around.grid.bottom += 22 * (lines - 1);
  return Object.assign(around, {
    legend: legend ? legendOf(names, lines) : undefined, xAxis, yAxis: axis(plot.y, false), series,
    tooltip: { trigger: "axis", valueFormatter: number, axisPointer: { label: { formatter: (p) => number(p.value) } }, confine: true },
    dataZoom: [{ type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl" }],
  });
}

function bars(plot) {
  const legend = plot.levels.length > 0;
  const data = plot.names.map((name, i) => [i, plot.heights[i].mean, ...(plot.heights[i].ends || [])]);
  const series = [
    { type: "bar", name: "mean", data: data.map((d) => d[1]), itemStyle: { color: COLOURS[0] }, barMaxWidth: 60 },
    errorBars({ name: "interval" }, data, "#222", false),
  ];
  plot.levels.forEach((level, i) => series.push({
    type: "line", name: level.name, data: plot.names.map(() => level.y), showSymbol: false, symbol: "none",
    lineStyle: { type: DASHES[i % DASHES.length], color: GREY, width: 1.5 }, itemStyle: { color: GREY },
  }));
  const long = Math.max(...plot.names.map((n) => n.length)) * plot.names.length > 60;
  const option = Object.assign(frame(plot, legend), {
    legend: legend ? legendOf(plot.levels.map((l) => l.name), 1) : undefined,
    xAxis: { type: "category", data: plot.names, axisLabel: { color: "#333", interval: 0, rotate: long ? 35 : 0, width: 150, overflow: "break" } },
    yAxis: axis(plot.y, false), series, tooltip: { trigger: "axis", valueFormatter: number, confine: true },
  });
  option.yAxis.scale = false;
  if (long) {
    option.grid.bottom += 60;
    option.grid.left += 30; // the first name begins before the axis
  }
  return option;
}

/** Colours go by the square root, so that few are seen, too. */
function shades(what, low, high) {
  const root = low === 0;
  return {
    root,
    visualMap: {
      type: "continuous", min: root ? 0 : low, max: root ? Math.sqrt(high) : high, dimension: 2, calculable: false, orient: "horizontal",
      left: "center", bottom: 0, itemWidth: 12, itemHeight: 160, inRange: { color: SHADES },
      text: [`${number(high)} ${what}`, number(low)], textStyle: FONT,
    },
  };
}

function cells(plot) {
  const scale = shades(plot.what, plot.low, plot.high);
  const data = [];
  plot.values.forEach((row, y) => row.forEach((value, x) => {
    if (value !== null) data.push([x, y, scale.root ? Math.sqrt(Math.max(0, value)) : value, value]);
  }));
  const names = (label, all, isX) => ({
    type: "category", data: all, name: label, nameLocation: isX ? "middle" : "end", nameGap: isX ? 28 : 14, nameTextStyle: FONT,
    axisLabel: { color: "#333", hideOverlap: true, interval: isX ? "auto" : Math.ceil(all.length / 8) - 1 }, splitArea: { show: false },
  });
  const option = Object.assign(frame(plot, false), {
    xAxis: names(plot.x, plot.columns, true), yAxis: names(plot.y, plot.rows, false), visualMap: scale.visualMap,
    series: [{ type: "heatmap", data, progressive: 0, itemStyle: { borderWidth: 0 } }],
    tooltip: { confine: true, formatter: (p) => `${echarts.format.encodeHTML(plot.x)} ${echarts.format.encodeHTML(plot.columns[p.value[0]])}, ${echarts.format.encodeHTML(plot.y)} ${echarts.format.encodeHTML(plot.rows[p.value[1]])}<br><b>${number(p.value[3])}</b> ${echarts.format.encodeHTML(plot.what)}` },
  });
  option.grid.bottom = 88;
  return option;
}

/** Cells are squares, as far as the box allows. */
function places(plot, box) {
  const scale = shades(plot.what, 0, plot.high);
  const width = (at) => Math.max(...plot.places.map((p) => p[at])) + 1 + Math.min(...plot.places.map((p) => p[at]));
  const count = (n) => ({ type: "category", data: Array.from({ length: n }, (_, i) => String(i)), show: false });
  const option = Object.assign(frame(plot, false), {
    xAxis: count(width(0)), yAxis: Object.assign(count(width(1)), { inverse: true }), visualMap: scale.visualMap,
    series: [{ type: "heatmap", progressive: 0, itemStyle: { borderWidth: 1, borderColor: "#fff" }, data: plot.values.map((v, s) => [plot.places[s][0], plot.places[s][1], Math.sqrt(Math.max(0, v)), v, s]) }],
    tooltip: { confine: true, formatter: (p) => `place ${p.value[4]}<br><b>${number(p.value[3])}</b> ${echarts.format.encodeHTML(plot.what)}` },
  });
  const side = Math.max(2, Math.min((box.clientWidth - 32) / width(0), (box.clientHeight - 76) / width(1)));
  option.grid = { left: (box.clientWidth - side * width(0)) / 2, top: 26, width: side * width(0), height: side * width(1), show: true, backgroundColor: "#404040" };
  return option;
}

const DRAWN = { Curves: curves, Bars: bars, Cells: cells, Places: places };

/** A chart in a box of its own; returns how to show another plot there. */
function chart(plot) {
  const caption = make("figcaption", {}, plot.title);
  const box = make("div", { class: "chart", role: "img", "aria-label": plot.title });
  const figure = make("figure", {}, caption, box);
  let drawing = null;
  const show = (next) => {
    plot = next;
    caption.textContent = next.title;
    box.setAttribute("aria-label", next.title);
    if (drawing) drawing.setOption(DRAWN[next.kind](next, box), true);
  };
  new ResizeObserver(() => {
    if (box.clientWidth === 0) return;
    if (!drawing) {
      drawing = echarts.init(box, null, { renderer: "canvas" });
      drawing.setOption(DRAWN[plot.kind](plot, box), true);
    } else {
      drawing.resize();
      if (plot.kind === "Places" || plot.kind === "Curves") drawing.setOption(DRAWN[plot.kind](plot, box), true);
    }
  }).observe(box);
  return { figure, show };
}

/** The control of frames that go together; tells each of them which one is seen. */
function control(frames, tell) {
  const names = frames.names;
  const box = make("div", { class: "frames" });
  if (frames.what === "") {
    names.forEach((name, i) => {
      const button = make("button", { type: "button", "aria-pressed": i === 0 }, name);
      button.onclick = () => {
        box.querySelectorAll("button").forEach((other) => other.setAttribute("aria-pressed", other === button));
        tell(i);
      };
      box.append(button);
    });
    return box;
  }
  const label = make("span", {}, "");
  const range = make("input", { type: "range", min: 0, max: names.length - 1, value: 0, "aria-label": frames.what });
  const play = make("button", { type: "button" }, "play");
  let timer = null;
  const see = (i) => { range.value = i; label.textContent = `${frames.what} ${names[i]}`; tell(i); };
  range.oninput = () => see(+range.value);
  play.onclick = () => {
    if (timer) { clearInterval(timer); timer = null; play.textContent = "play"; return; }
    play.textContent = "stop";
    timer = setInterval(() => see((+range.value + 1) % names.length), Math.max(100, Math.min(700, 20000 / names.length)));
  };
  box.append(range, label, play);
  label.textContent = `${frames.what} ${names[0]}`;
  return box;
}

/** The charts of a section; frames of the same names have one control. */
function sectionOf(section) {
  const box = make("section", {}, make("h2", {}, section.heading));
  if (section.words) box.append(make("p", { class: "soft" }, section.words));
  const charts = make("div", { class: section.charts.length === 3 || section.charts.length > 3 && section.charts.every((p) => p.kind === "Curves") ? "charts small-ones" : "charts" });
  const shown = [];
  const linked = new Map();
  section.charts.forEach((plot) => {
    if (plot.kind !== "Frames") {
      const one = chart(plot);
      shown.push(one);
      charts.append(one.figure);
      return;
    }
    const one = chart(plot.plots[0]);
    const key = JSON.stringify([plot.what, plot.names]);
    if (!linked.has(key)) {
      const told = [];
      linked.set(key, told);
      box.append(control(plot, (i) => told.forEach((see) => see(i))));
    }
    linked.get(key).push((i) => one.show(plot.plots[i]));
    charts.append(one.figure);
  });
  box.append(charts);
  return { box, update: (next) => next.charts.forEach((plot, i) => shown[i] && plot.kind !== "Frames" && shown[i].show(plot)) };
}

function tableOf(table) {
  const numeric = table.columns.map((_, i) => table.rows.every((row) => row[i] === "" || Number.isFinite(+row[i])));
  const cell = (tag, text, i) => make(tag, numeric[i] ? {} : { class: "text" }, text);
  return make("details", {}, make("summary", {}, table.file),
    make("div", { class: "scroll" }, make("table", {},
      make("thead", {}, make("tr", {}, ...table.columns.map((name, i) => cell("th", name, i)))),
      make("tbody", {}, ...table.rows.map((row) => make("tr", {}, ...row.map((text, i) => cell("td", numeric[i] && text !== "" ? number(text) : text, i))))))),
    table.left > 0 ? make("p", { class: "soft small" }, `and ${table.left} more rows in ${table.file}`) : "");
}

const STATES = { RUNNING: "running", FINISHED: "finished", ENDED_EARLY: "ended early", STOPPED: "stopped" };

function stateOf(state) {
  return make("span", { class: "state " + state.kind.toLowerCase() }, STATES[state.kind]);
}

/** Draws a report into an element; returns how to show a later one there. */
function report(into, data) {
  const head = make("header", {});
  const parts = make("div", {});
  const sections = new Map();
  const draw = (now) => {
    head.replaceChildren(make("h1", {}, now.title, " ", stateOf(now.state)));
    if (now.state.words) head.append(make("p", { class: now.state.kind === "RUNNING" ? "soft" : "careful" }, now.state.words));
    now.answers.forEach((answer) => {
      if (now.answers.length > 1) head.append(make("h2", {}, "./mfg " + answer.command));
      answer.warnings.forEach((warning) => head.append(make("p", { class: "careful" }, "Careful: " + warning)));
      if (answer.facts.length) {
        head.append(make("div", { class: "facts" }, ...answer.facts.map((fact) => make("div", { class: "fact" },
          make("div", { class: "label" }, fact.label), make("div", { class: "value" }, fact.value), make("div", { class: "note" }, fact.note)))));
      } else head.append(make("pre", {}, answer.text));
      if (answer.assumptions.length) {
        head.append(make("div", { class: "assumed" }, make("div", { class: "label" }, "Assumed"),
          make("ul", {}, ...answer.assumptions.map((sentence) => make("li", {}, sentence)))));
      }
    });
    now.sections.forEach((section) => {
      if (sections.has(section.name)) sections.get(section.name).update(section);
      else {
        const made = sectionOf(section);
        sections.set(section.name, made);
        parts.append(made.box);
      }
    });
  };
  draw(data);
  into.append(head, parts);
  Object.entries(data.pictures).forEach(([heading, url]) => into.append(make("h2", {}, heading), make("img", { src: url, alt: heading })));
  if (data.tables.length) into.append(make("h2", {}, "The numbers"), ...data.tables.map(tableOf));
  const told = data.answers.filter((answer) => answer.facts.length);
  if (told.length) into.append(make("h2", {}, "As the terminal says it"), ...told.map((answer) => make("pre", {}, answer.text)));
  if (data.command) {
    into.append(make("h2", {}, "The same again"), make("pre", {}, data.command), make("p", { class: "soft small" }, data.made),
      make("details", {}, make("summary", {}, "All options"), make("div", { class: "scroll" }, make("table", {},
        ...Object.entries(data.options).map(([name, value]) => make("tr", {}, make("td", { class: "text" }, name), make("td", { class: "wide" }, value)))))));
  }
  return draw;
}
