// Events by day, and tolls as steps for each claimant. The tables beside them say the same.
const { Plot } = window;

// What a chart says by colour it says by a pattern of its own too: the four classes are stacked in one order, and named.
const CLASSES = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const LIGHT = ["#9cc7d6", "#17566b", "#e3bd7a", "#9c1c2e"];
const DARK = ["#5f93a6", "#a9dcec", "#b98b3a", "#ff95a1"];
const MOST_LINES = 12;
const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "cross", "wye"];
const dark = matchMedia("(prefers-color-scheme: dark)").matches;

// Styles that stand in the drawing itself are forbidden here; ours are in the style sheet.
function plain(figure) {
  for (const style of figure.querySelectorAll("style")) style.remove();
  // The box around it is labelled; labels of groups without a role are none.
  for (const group of figure.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  return figure;
}

function legend(names, colours) {
  const box = document.createElement("div");
  box.className = "swatches";
  names.forEach((name, number) => {
    const one = document.createElement("span");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "12");
    svg.setAttribute("height", "12");
    const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    square.setAttribute("width", "12");
    square.setAttribute("height", "12");
    square.setAttribute("fill", colours[number]);
    svg.append(square);
    one.append(svg, name);
    box.append(one);
  });
  return box;
}

function drawDays(box) {
  const quads = JSON.parse(box.dataset.quads);
  const days = JSON.parse(box.dataset.days).map((one) => ({
    day: new Date(`${one.day.slice(0, 10)}T00:00Z`),
    events: one.events,
    kind: quads[one.type] ?? CLASSES[0],
  }));
  // Of a long time the last part is where most is: what is told as history stands apart in the table.
  const last = Math.max(...days.map((one) => +one.day));
  const shown = days.filter((one) => last - one.day < 370 * 86400e3);
  // A week at least: one day alone would be as wide as the page.
  const first = Math.min(last - 6 * 86400e3, ...shown.map((one) => +one.day));
  const used = CLASSES.filter((name) => shown.some((one) => one.kind === name));
  const colours = (dark ? DARK : LIGHT).filter((_, number) => used.includes(CLASSES[number]));
  const figure = Plot.plot({
    height: 220,
    width: Math.max(280, box.parentElement.clientWidth),
    marginLeft: 36,
    x: {
      type: "utc",
      label: null,
      domain: [new Date(first), new Date(last + 86400e3)],
      ...(last - first < 14 * 86400e3 ? { ticks: "day" } : {}),
    },
    y: { label: "events", grid: true, tickFormat: (number) => (Number.isInteger(number) ? String(number) : ""), ticks: 4 },
    color: { domain: used, range: colours },
    marks: [
      Plot.rectY(shown, Plot.binX({ y: "sum" }, { x: "day", y: "events", fill: "kind", interval: "day", inset: 0.5, title: (one) => one.kind })),
      Plot.ruleY([0]),
    ],
  });
  box.replaceChildren(legend(used, colours), plain(figure));
  box.dataset.drawn = "true";
}

function drawTolls(box) {
  const all = JSON.parse(box.dataset.tolls).flatMap((toll) =>
    toll.steps
      .filter((one) => one.said && (one.low ?? one.high) !== null && one.stance !== "denies")
      .map((one) => ({
        day: new Date(`${one.said}T00:00Z`),
        figure: one.low ?? one.high,
        high: one.high,
        low: one.low,
        who: `${one.claimant}: ${toll.name}`,
      })),
  );
  if (!all.length) return;
  // More lines than these nobody can tell apart: those who gave most figures, the others are in the table.
  const given = new Map();
  for (const one of all) given.set(one.who, (given.get(one.who) ?? 0) + 1);
  const names = [...given.keys()].sort((one, other) => given.get(other) - given.get(one)).slice(0, MOST_LINES);
  const steps = all.filter((one) => names.includes(one.who));
  const palette = dark ? ["#a9dcec", "#ff95a1", "#efbe62", "#84d3a8", "#cdb4f0", "#d0d6da"] : ["#17566b", "#9c1c2e", "#7a4b00", "#1b6140", "#5a3d8a", "#56626a"];
  const colours = names.map((_, number) => palette[number % palette.length]);
  const end = new Date(Math.max(...steps.map((one) => +one.day)) + 86400e3);
  const first = Math.min(...steps.map((one) => +one.day));
  // Each line ends with the last thing its claimant said.
  const lines = names.flatMap((who) => {
    const own = steps.filter((one) => one.who === who).sort((one, other) => one.day - other.day);
    return [...own, { ...own.at(-1), day: end }];
  });
  const figure = Plot.plot({
    height: 260,
    width: Math.max(280, Math.min(900, box.parentElement.clientWidth)),
    marginLeft: 44,
    marginTop: 34,
    // What is said has a day and no hour.
    x: { type: "utc", label: null, ...(end - first < 20 * 86400e3 ? { ticks: "day" } : {}) },
    y: { label: "people", grid: true, zero: true },
    color: { domain: names, range: colours },
    symbol: { domain: names, range: names.map((_, number) => SYMBOLS[number % SYMBOLS.length]) },
    marks: [
      Plot.line(lines, { x: "day", y: "figure", stroke: "who", curve: "step-after", z: "who", strokeWidth: 1.75 }),
      Plot.ruleX(steps.filter((one) => one.high !== null && one.low !== null && one.high !== one.low), { x: "day", y1: "low", y2: "high", stroke: "who" }),
      Plot.dot(steps, { x: "day", y: "figure", stroke: "who", symbol: "who", r: 4, title: (one) => `${one.who}: ${one.high === null ? "at least " : ""}${one.figure}` }),
      Plot.text(steps, { x: "day", y: "figure", text: (one) => (one.high === null ? `≥ ${one.figure}` : one.low === null ? `≤ ${one.figure}` : `${one.figure}`), dy: -10, fill: "who" }),
      Plot.ruleY([0]),
    ],
  });
  const key = legend(names, colours);
  if (given.size > names.length) key.append(`and ${given.size - names.length} more in the table`);
  box.replaceChildren(key, plain(figure));
  box.dataset.drawn = "true";
}

for (const box of document.querySelectorAll(".timeline")) drawDays(box);
for (const box of document.querySelectorAll(".tolls")) drawTolls(box);
