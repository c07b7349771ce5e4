// The countries of world-atlas as GeoJSON that a flat map can fill: cut at the 180th meridian and closed along the poles.
// world-atlas is stitched for globes: filled as it is, Russia, Fiji and Antarctica reach across the whole map.
//
//     node world.mjs OUTPUT
import { readFileSync, writeFileSync } from "node:fs";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature } from "topojson-client";

// A hundredth of a degree is a kilometre: finer than 1:50 million is.
const round = (value) => Math.round(value * 100) / 100;

const topology = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const flat = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0);
const projected = geoProject(feature(topology, topology.objects.countries), flat);

function tidy(coordinates) {
  if (typeof coordinates[0] === "number") return [round(coordinates[0]), round(-coordinates[1])];
  return coordinates.map(tidy);
}

const features = projected.features
  .filter((one) => one.geometry)
  .map((one) => ({
    type: "Feature",
    properties: { name: one.properties.name },
    geometry: { type: one.geometry.type, coordinates: tidy(one.geometry.coordinates) },
  }));
writeFileSync(process.argv[2], JSON.stringify({ type: "FeatureCollection", features }));
