// Signs in, asks, shows: figures, charts, and for each chart the same numbers as a table.
import { catalog, query, range, token } from "./api.js";
import { bars, columns, radar, trend } from "./charts.js";
import { texts } from "./texts.js";

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
const language = asked.startsWith("zh") || !asked.startsWith("en") ? "zh-CN" : "en";
const t = texts[language];
const refresh = 10_000;
const drawn = new Map();
let known = null;
let turn = 0;

const number = (digits) => {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return (value) => (value === null ? "–" : format.format(value));
};
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const duration = (seconds) => {
  if (seconds >= 5400) return t.hours(number(1)(seconds / 3600));
  if (seconds >= 60) return t.minutes(number(seconds < 600 ? 1 : 0)(seconds / 60));
  return t.seconds(number(seconds < 10 ? 1 : 0)(seconds));
};
const formats = {
  share: (v) => percent.format(v),
  nps: number(0),
  index: number(1),
  points: number(2),
  count: number(0),
  seconds: duration,
};
const signed = (text, value) => (value > 0 ? `+${text}` : text);

function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

function speak() {
  document.documentElement.lang = language;
  document.title = t.title;
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = t[place.dataset.text];
  const other = $("language");
  other.textContent = t.other.name;
  other.href = `?lang=${t.other.code}`;
  other.lang = other.hreflang = t.other.code;
}

function notice(text) {
  $("notice").hidden = !text;
  $("notice").textContent = text ?? "";
}

function signedOut(reason) {
  token.forget();
  turn++;
  $("board").hidden = true;
  $("signin").hidden = false;
  notice(reason);
}

const titleOf = (id) => known.measures.find((m) => m.id === id)?.title[language] ?? id;
// "Attitude (mean)": under a heading that says what is shown, the name is enough.
const nameOf = (id) => titleOf(id).replace(/\s*[（(].*[)）]$/, "");
const unitOf = (id) => known.measures.find((m) => m.id === id)?.unit;
const threshold = () => known.measures.find((m) => m.anonymityThreshold)?.anonymityThreshold;

function figure(id, f) {
  const format = formats[unitOf(id)];
  const value = f.suppressed ? t.tooFew(threshold()) : f.value === null ? t.noData : format(f.value);
  const box = element(
    "div",
    {},
    element("dt", { text: titleOf(id) }),
    element("dd", { class: f.value === null ? "value hidden-value" : "value", text: value }),
  );
  if (f.low !== null) box.append(element("dd", { class: "hint", text: t.interval(format(f.low), format(f.high)) }));
  if (f.n !== null && unitOf(id) !== "count") box.append(element("dd", { class: "hint", text: t.n(formats.count(f.n)) }));
  if (f.difference) {
    const change = t.change(signed(format(f.difference), f.difference));
    const verdict = f.significance ? ` (${f.significance.significant ? t.significant : t.notSignificant})` : "";
    const tone = f.significance?.significant ? (f.difference > 0 ? "better" : "worse") : "hint";
    box.append(element("dd", { class: tone, text: change + verdict }));
  }
  return box;
}

function table(caption, heads, rows) {
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t.tableOf(caption) },
    element(
      "table",
      {},
      element("caption", { class: "only-read", text: caption }),
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text })))),
      element(
        "tbody",
        {},
        ...rows.map(([head, ...cells]) =>
          element("tr", {}, element("th", { scope: "row", text: head }), ...cells.map((text) => element("td", { text }))),
        ),
      ),
    ),
  );
}

/** One card: the chart, what it says in a sentence, and its numbers. An option of null: nothing to draw. */
function card(id, title, summary, option, heads, rows) {
  let place = $(id);
  if (!place) {
    place = element(
      "section",
      { id, class: "card", "aria-labelledby": `${id}-title` },
      element("h2", { id: `${id}-title`, text: title }),
      element("div", { class: "chart" }),
      element("details", {}, element("summary", { text: t.tableOf(title) }), element("div")),
    );
    $("cards").append(place);
    place.querySelector("details").open = !window.echarts;
  }
  const [canvas, holder] = [place.querySelector(".chart"), place.querySelector("details > div")];
  const focused = holder.contains(document.activeElement);
  holder.replaceChildren(rows.length ? table(title, heads, rows) : element("p", { text: t.noData }));
  if (focused) holder.firstElementChild.focus();
  const chart = drawn.get(id);
  if (!option || !window.echarts) {
    chart?.dispose();
    drawn.delete(id);
    canvas.className = "chart empty";
    canvas.removeAttribute("role");
    canvas.removeAttribute("aria-label");
    canvas.replaceChildren(option ? "" : element("p", { class: "hint", text: t.noData }));
    return;
  }
  if (!chart) {
    canvas.replaceChildren();
    canvas.className = "chart";
    drawn.set(id, window.echarts.init(canvas));
  }
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", t.chartOf(title, summary));
  drawn.get(id).setOption(option, true);
}

const cells = (id, f) => {
  const format = formats[unitOf(id)];
  if (f.suppressed) return [t.tooFew(threshold()), "–", "–", "–"];
  const shown = (v) => (v === null ? "–" : format(v));
  return [shown(f.value), shown(f.low), shown(f.high), formats.count(f.n)];
};

function trendCard(id, title, measure, rows, scale) {
  const points = rows.map((row) => ({ name: row.period, ...row[measure] }));
  const any = points.filter((p) => p.value !== null);
  const last = any.at(-1);
  const format = formats[unitOf(measure)];
  card(
    id,
    title,
    last ? t.last(last.name, format(last.value)) : "",
    last ? trend(points, { name: title, format, ...scale }) : null,
    [t.period, t.value, t.low, t.high, t.count],
    rows.map((row) => [row.period, ...cells(measure, row[measure])]),
  );
}

function itemCard(id, title, ids, row, scale, format) {
  const found = ids.map((m) => ({ id: m, name: nameOf(m), ...row[m] })).filter((f) => f.n !== 0 || f.suppressed);
  const items = found.filter((f) => f.value !== null);
  card(
    id,
    title,
    "",
    items.length ? bars(items, { format, ...scale }) : null,
    [t.measure, t.value, t.low, t.high, t.count],
    found.map((f) => [f.name, ...cells(f.id, f)]),
  );
  return items;
}

function show(head, row, rows) {
  const time = head.asOf && new Date(head.asOf).toLocaleString(language, { timeZone: known.zone, hour12: false });
  $("as-of").textContent = time ? t.asOf(time, head.eventsBehind) : t.noData;
  $("figures").replaceChildren(...keyFigures.map((id) => figure(id, row[id])));
  trendCard("csat", t.csatTrend, "csat", rows, { min: 0, max: 1 });
  trendCard("nps", t.npsTrend, "nps", rows, { min: -100, max: 100 });
  const means = known.measures.map((m) => m.id).filter((id) => id.startsWith("mean."));
  const top = means.some((id) => row[id].value > 5) ? 10 : 5;
  const scores = itemCard("dimensions", t.dimensions, means, row, { min: 1, max: top }, formats.points);
  const share = (v) => Math.round(((v - 1) / (top - 1)) * 1000) / 10;
  card(
    "radar",
    t.radar,
    "",
    scores.length > 2
      ? radar(scores.map((s) => ({ name: s.name, percent: share(s.value) })), { name: t.radar, format: (v) => `${v}%` })
      : null,
    [t.measure, "%"],
    scores.map((s) => [s.name, `${share(s.value)}%`]),
  );
  const clocks = known.measures.map((m) => m.id).filter((id) => id.startsWith("sla."));
  itemCard("sla", t.sla, clocks, row, { min: 0, max: 1 }, formats.share);
  const volumes = ["tickets", "responses"];
  const counted = rows.some((r) => volumes.some((id) => r[id].value));
  card(
    "volumes",
    t.volumes,
    "",
    counted
      ? columns(
          rows.map((r) => r.period),
          volumes.map((id) => ({ name: titleOf(id), values: rows.map((r) => r[id].value) })),
          { format: formats.count },
        )
      : null,
    [t.period, ...volumes.map(titleOf)],
    rows.map((r) => [r.period, ...volumes.map((id) => cells(id, r[id])[0])]),
  );
}

const keyFigures = ["csat", "nps", "csi", "solved", "response_rate", "tickets", "first_contact_time.p50", "resolution_time.p50"];

async function load() {
  const mine = ++turn;
  try {
    known ??= await catalog();
    const { grain, ...span } = range(Number($("range").value), known.zone);
    const others = known.measures.map((m) => m.id).filter((id) => id.startsWith("mean.") || id.startsWith("sla."));
    const [head, line] = await Promise.all([
      query({ measures: [...keyFigures, ...others], compare: "previous_period", ...span }),
      query({ measures: ["csat", "nps", "tickets", "responses"], grain, ...span }),
    ]);
    if (mine !== turn) return;
    $("signin").hidden = true;
    $("board").hidden = false;
    notice(window.echarts ? null : t.noCharts);
    show(head, head.rows[0], line.rows);
  } catch (failure) {
    if (mine !== turn) return;
    if (failure.status === 401) signedOut(t.expired);
    else if (failure.status === 403) signedOut(t.forbidden);
    else notice(t.failed);
  }
}

speak();
$("signin-form").addEventListener("submit", (event) => {
  event.preventDefault();
  token.set($("token").value.trim());
  $("token").value = "";
  notice(null);
  load();
});
$("signout").addEventListener("click", () => signedOut(null));
$("range").addEventListener("change", load);
$("controls").addEventListener("submit", (event) => event.preventDefault());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", load);
addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
setInterval(() => token.get() && !document.hidden && load(), refresh);
if (token.get()) load();
else signedOut(null);
