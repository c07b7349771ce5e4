// Points and areas on a map of our own: no tile server, no labels but the browser's own text. The list beside it says the same.
import { LngLatBounds, Map as Globe, NavigationControl, Popup } from "./vendor/maplibre-gl.mjs";

const KM = { site: 1, city: 8, district: 30, province: 90, country: 250 };

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// A place told only as a province is drawn as large as a province.
function area(point) {
  const radius = point.radius_km || KM[point.precision] || 8;
  const ring = [];
  for (let step = 0; step <= 48; step += 1) {
    const turn = (step / 48) * 2 * Math.PI;
    const lat = point.lat + (radius / 111.32) * Math.sin(turn);
    const wide = 111.32 * Math.max(0.05, Math.cos((point.lat * Math.PI) / 180));
    ring.push([point.lon + (radius / wide) * Math.cos(turn), Math.max(-89, Math.min(89, lat))]);
  }
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

function describe(points) {
  const box = document.createElement("div");
  for (const point of points.slice(0, 8)) {
    const line = document.createElement(point.id ? "a" : "p");
    if (point.id) line.href = `/events/${encodeURIComponent(point.id)}`;
    line.textContent = point.text;
    line.className = "in-map";
    box.append(line);
  }
  if (points.length > 8) box.append(`… and ${points.length - 8} more`);
  return box;
}

function draw(box) {
  const points = JSON.parse(box.dataset.points).filter((one) => Number.isFinite(one.lat) && Number.isFinite(one.lon));
  const features = points.map((one) => ({
    type: "Feature",
    properties: {
      id: one.id ?? "",
      text: `${(one.contests ?? 0) > 0 ? "≠ contested: " : ""}${one.label ?? one.name}`,
      contested: (one.contests ?? 0) > 0 ? 1 : 0,
      exact: ["site", "city"].includes(one.precision) ? 1 : 0,
      size: Math.min(9, 3.5 + Math.sqrt(one.origins ?? 1)),
    },
    geometry: { type: "Point", coordinates: [one.lon, one.lat] },
  }));
  const map = new Globe({
    container: box,
    attributionControl: { compact: true, customAttribution: "Borders: Natural Earth" },
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    maxZoom: 9,
    center: [20, 25],
    zoom: 0.5,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    style: {
      version: 8,
      sources: {
        world: { type: "geojson", data: new URL("./vendor/world.json", import.meta.url).href },
        areas: { type: "geojson", data: { type: "FeatureCollection", features: points.map(area) } },
        points: { type: "geojson", data: { type: "FeatureCollection", features } },
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
        { id: "land", type: "fill", source: "world", paint: { "fill-color": colour("land") } },
        { id: "borders", type: "line", source: "world", paint: { "line-color": colour("border"), "line-width": 1 } },
        { id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour("accent"), "fill-opacity": 0.12 } },
        {
          id: "points",
          type: "circle",
          source: "points",
          paint: {
            "circle-radius": ["get", "size"],
            // A contested event is a ring with a hollow middle; a place that is not exact is pale.
            "circle-color": ["case", ["==", ["get", "contested"], 1], colour("sheet"), colour("accent")],
            "circle-opacity": ["case", ["==", ["get", "exact"], 1], 0.85, 0.4],
            "circle-stroke-width": ["case", ["==", ["get", "contested"], 1], 3, 1],
            "circle-stroke-color": ["case", ["==", ["get", "contested"], 1], colour("contested"), colour("sheet")],
          },
        },
      ],
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const bounds = new LngLatBounds();
  for (const one of points) bounds.extend([one.lon, one.lat]);
  map.once("load", () => map.fitBounds(bounds, { padding: 50, maxZoom: box.dataset.detail ? 6 : 5, animate: false }));
  map.once("idle", () => (box.dataset.drawn = "true"));
  map.on("click", "points", (event) => {
    new Popup({ maxWidth: "20rem" })
      .setLngLat(event.lngLat)
      .setDOMContent(describe(event.features.map((one) => one.properties)))
      .addTo(map);
  });
  map.on("mouseenter", "points", () => map.getCanvas().classList.add("pointing"));
  map.on("mouseleave", "points", () => map.getCanvas().classList.remove("pointing"));
  const filters = document.querySelector("form.filters");
  if (filters) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Only what is on this part of the map";
    button.addEventListener("click", () => {
      const shown = map.getBounds();
      const edge = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(3);
      filters.elements.box.value = [
        edge(shown.getWest(), 180), edge(shown.getSouth(), 90), edge(shown.getEast(), 180), edge(shown.getNorth(), 90),
      ].join(",");
      filters.requestSubmit();
    });
    box.after(button);
  }
}

for (const box of document.querySelectorAll(".map")) {
  try {
    draw(box);
  } catch (error) {
    // No WebGL: the list beside it says the same.
    box.replaceChildren();
    box.dataset.drawn = "false";
  }
}
