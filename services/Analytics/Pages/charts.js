// Options for ECharts. Styles come from the sheet; nothing here writes HTML, so that the page's policy can forbid inline styles.
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function base(unit) {
  const [ink, soft, line] = [css("--ink"), css("--soft"), css("--line")];
  return {
    animation: false,
    textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: css("--card"),
      borderColor: line,
      textStyle: { color: ink },
      valueFormatter: unit,
    },
    axis: {
      axisLine: { lineStyle: { color: soft } },
      axisLabel: { color: soft, hideOverlap: true },
      splitLine: { lineStyle: { color: line } },
    },
  };
}

/** Whiskers from low to high: data are [place, low, high]. */
function whiskers(color, vertical) {
  return {
    type: "custom",
    silent: true,
    z: 3,
    tooltip: { show: false },
    renderItem(_, api) {
      const at = (value) => (vertical ? api.coord([api.value(0), value]) : api.coord([value, api.value(0)]));
      const [a, b] = [at(api.value(1)), at(api.value(2))];
      if ([...a, ...b].some(Number.isNaN)) return null;
      const style = { stroke: color, lineWidth: 1.5, fill: "none" };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      const cap = ([x, y]) => (vertical ? line(x - 4, y, x + 4, y) : line(x, y - 4, x, y + 4));
      return { type: "group", children: [line(...a, ...b), cap(a), cap(b)] };
    },
  };
}

/** A line through the values with the 95 % band around it. Points: { name, value, low, high }. */
export function trend(points, { name, format, min, max }) {
  const { axis, ...rest } = base(format);
  const color = css("--series-1");
  const shown = points.map((p, i) => [i, p.low, p.high]).filter(([, low]) => low !== null);
  const band = (data, extra) => ({
    type: "line",
    stack: "band",
    stackStrategy: "all",
    data,
    symbol: "none",
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    ...extra,
  });
  const gap = (value) => (value === null ? "-" : value);
  return {
    ...rest,
    tooltip: {
      ...rest.tooltip,
      formatter: (items) => {
        const p = points[items[0].dataIndex];
        return p.value === null ? p.name : `${p.name}\n${format(p.value)} (${format(p.low)} – ${format(p.high)})\nn = ${p.n}`;
      },
    },
    xAxis: { type: "category", data: points.map((p) => p.name), ...axis, splitLine: { show: false } },
    yAxis: { type: "value", min, max, ...axis, axisLabel: { ...axis.axisLabel, formatter: format } },
    series: [
      band(points.map((p) => gap(p.low)), {}),
      band(points.map((p) => gap(p.low === null ? null : p.high - p.low)), { areaStyle: { color, opacity: 0.18 } }),
      { ...whiskers(color, true), data: shown },
      {
        type: "line",
        name,
        data: points.map((p) => gap(p.value)),
        symbol: "circle",
        symbolSize: 8,
        showAllSymbol: true, // a single day has no line, only its point
        lineStyle: { color, width: 2 },
        itemStyle: { color },
        z: 4,
      },
    ],
  };
}

/** Lying bars with whiskers. Items: { name, value, low, high }. */
export function bars(items, { format, min, max }) {
  const { axis, ...rest } = base(format);
  const listed = [...items].reverse();
  return {
    ...rest,
    tooltip: {
      ...rest.tooltip,
      formatter: ([{ dataIndex }]) => {
        const p = listed[dataIndex];
        return `${p.name}\n${format(p.value)}${p.low === null ? "" : ` (${format(p.low)} – ${format(p.high)})`}\nn = ${p.n}`;
      },
    },
    xAxis: { type: "value", min, max, ...axis, axisLabel: { ...axis.axisLabel, formatter: format } },
    yAxis: {
      type: "category",
      data: listed.map((p) => p.name),
      ...axis,
      axisLabel: { ...axis.axisLabel, width: 120, overflow: "break" },
    },
    series: [
      {
        type: "bar",
        data: listed.map((p) => p.value),
        barMaxWidth: 22,
        itemStyle: { color: css("--series-1"), opacity: 0.75 },
      },
      {
        ...whiskers(css("--ink"), false),
        data: listed.map((p, i) => [i, p.low, p.high]).filter(([, low]) => low !== null),
        encode: { x: [1, 2], y: 0 },
      },
    ],
  };
}

/** Each score in percent of its scale. */
export function radar(items, { name, format }) {
  const { axis, ...rest } = base(format);
  const color = css("--series-1");
  return {
    ...rest,
    tooltip: { ...rest.tooltip, trigger: "item" },
    radar: {
      indicator: items.map((p) => ({ name: p.name, min: 0, max: 100 })),
      radius: "58%",
      axisName: { color: css("--ink"), formatter: (text) => text.replaceAll(" ", "\n") },
      axisLine: axis.splitLine,
      splitLine: axis.splitLine,
      splitArea: { show: false },
    },
    series: [
      {
        type: "radar",
        data: [{ name, value: items.map((p) => p.percent) }],
        symbolSize: 7,
        lineStyle: { color },
        itemStyle: { color },
        areaStyle: { color, opacity: 0.18 },
      },
    ],
  };
}

/** Columns side by side. Series: { name, values }. */
export function columns(names, series, { format }) {
  const { axis, ...rest } = base(format);
  return {
    ...rest,
    legend: { top: 0, textStyle: { color: css("--ink") } },
    xAxis: { type: "category", data: names, ...axis, splitLine: { show: false } },
    yAxis: { type: "value", minInterval: 1, ...axis },
    series: series.map((s, i) => ({
      type: "bar",
      name: s.name,
      data: s.values,
      barMaxWidth: 22,
      itemStyle: { color: css(`--series-${i + 1}`) },
    })),
  };
}
