import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import type { Areas } from "./data";
import type { Library } from "./loading";
import type { Base } from "./style";
import { colourOf } from "./tokens";

/**
 * The base map under ours: its address stands in the page's head where there is one. Layers and kinds are Protomaps',
 * the colours the page's own (`--map-…`), the names in the page's language and drawn with the page's fonts.
 */
const SOURCE = "base";
const READING = "Atkinson Hyperlegible Next";
const COLOURS = [
  "land", "farm", "meadow", "wood", "green", "built", "trade", "sand", "water", "water-line", "house", "house-line",
  "road", "road-edge", "major", "major-edge", "path", "rail", "border", "label", "water-label", "halo",
] as const;
type Colour = (typeof COLOURS)[number];
type Colours = Record<Colour, string>;

let isReady = false;

const note = (): HTMLMetaElement | null => document.querySelector<HTMLMetaElement>('meta[name="base-map"]');

/** Sources and layers in the present colours; undefined where there is no base map. */
export function baseOf(element: HTMLElement, areas: Areas, library: Library | undefined): Base | undefined {
  const address = note()?.content;
  if (!address || !library) return undefined;
  if (!isReady) library.addProtocol("pmtiles", new library.Protocol().tile);
  isReady = true;
  const colours = coloursOf(element);
  const url = `pmtiles://${new URL(address, document.baseURI).href}`;
  return {
    sources: { [SOURCE]: { type: "vector", url } },
    layers: [...ground(colours), ...roads(colours), ...houses(colours)],
    labels: labels(colours, areas.features.map(({ properties }) => properties.name)),
  };
}

/** “Map data © OpenStreetMap” in the corner of a map with a base map. */
export function sayWhose(element: HTMLElement): void {
  const words = note()?.dataset["source"];
  if (words === undefined || element.querySelector(".map-source")) return;
  const link = Object.assign(document.createElement("a"), {
    href: "https://www.openstreetmap.org/copyright",
    rel: "noopener",
    textContent: "© OpenStreetMap",
  });
  const line = Object.assign(document.createElement("p"), { className: "map-source" });
  line.append(`${words} `, link);
  element.append(line);
}

function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const found = Object.fromEntries(COLOURS.map((name) => [name, colourOf(probe, `var(--map-${name})`)]));
  probe.remove();
  return found as Colours;
}

const isOneOf = (key: string, ...values: string[]): ExpressionSpecification => ["in", ["get", key], ["literal", values]];

/** A width that grows with the zoom: at 10, 14 and 18. */
const growing = (far: number, middle: number, near: number): ExpressionSpecification => [
  "interpolate", ["exponential", 1.5], ["zoom"], 10, far, 14, middle, 18, near,
];

function fill(id: string, layer: string, colour: string, filter?: FilterSpecification): LayerSpecification {
  return { id, type: "fill", source: SOURCE, "source-layer": layer, ...(filter ? { filter } : {}), paint: { "fill-color": colour } };
}

function line(
  id: string, layer: string, filter: FilterSpecification, colour: string, width: ExpressionSpecification, more: Record<string, unknown> = {},
): LayerSpecification {
  const cap = more["line-dasharray"] ? "butt" : "round";
  return {
    id, type: "line", source: SOURCE, "source-layer": layer, filter,
    layout: { "line-join": "round", "line-cap": cap },
    paint: { "line-color": colour, "line-width": width, ...more },
  };
}

function ground(c: Colours): LayerSpecification[] {
  const kinds: [string, Colour, string[]][] = [
    ["farm", "farm", ["farmland", "farmyard", "orchard", "vineyard", "plant_nursery", "allotments"]],
    ["built", "built", ["residential", "school", "kindergarten", "university", "college", "hospital", "pedestrian"]],
    ["trade", "trade", ["industrial", "commercial", "retail", "quarry", "military", "parking"]],
    ["meadow", "meadow", ["meadow", "grassland", "heath", "wetland", "scrub", "golf_course"]],
    ["wood", "wood", ["forest", "wood"]],
    ["green", "green", ["park", "grass", "village_green", "recreation_ground", "garden", "cemetery", "sports_centre", "playground", "pitch"]],
    ["sand", "sand", ["beach", "sand"]],
  ];
  const isLine: FilterSpecification = ["==", ["geometry-type"], "LineString"];
  return [
    fill("base-earth", "earth", c.land),
    ...kinds.map(([id, colour, names]) => fill(`base-${id}`, "landuse", c[colour], isOneOf("kind", ...names))),
    fill("base-water", "water", c.water, ["==", ["geometry-type"], "Polygon"]),
    line("base-streams", "water", ["all", isLine, isOneOf("kind", "stream", "ditch", "drain")], c["water-line"], growing(0.5, 1.2, 4)),
    line("base-rivers", "water", ["all", isLine, isOneOf("kind", "river", "canal")], c["water-line"], growing(1.4, 3, 10)),
    line("base-borders", "boundaries", ["<=", ["get", "kind_detail"], 8], c.border, growing(1, 1.6, 2.4), { "line-dasharray": [4, 2, 1, 2] }),
  ];
}

function roads(c: Colours): LayerSpecification[] {
  const is = (...kinds: string[]): ExpressionSpecification => isOneOf("kind", ...kinds);
  const isService = isOneOf("kind_detail", "service");
  const minor: FilterSpecification = ["all", is("minor_road"), ["!", isService]];
  const service: FilterSpecification = ["all", is("minor_road"), isService];
  const tunnel: ExpressionSpecification = ["case", ["==", ["get", "is_tunnel"], true], 0.35, 1];
  const seen = { "line-opacity": tunnel };
  return [
    line("base-ferries", "roads", is("ferry"), c["water-label"], growing(1, 1.4, 2), { "line-dasharray": [3, 3] }),
    line("base-tracks", "roads", ["all", is("path"), isOneOf("kind_detail", "track")], c.path, growing(0.4, 1.3, 4), { "line-dasharray": [5, 1.5] }),
    line("base-paths", "roads", ["all", is("path"), ["!", isOneOf("kind_detail", "track")]], c.path, growing(0.3, 1.1, 3.4), { "line-dasharray": [2, 1.4] }),
    line("base-service-edge", "roads", service, c["road-edge"], growing(0.5, 2, 11), seen),
    line("base-minor-edge", "roads", minor, c["road-edge"], growing(0.9, 4.6, 19), seen),
    line("base-major-edge", "roads", is("major_road"), c["major-edge"], growing(2, 7, 25), seen),
    line("base-highway-edge", "roads", is("highway"), c["major-edge"], growing(3, 8.5, 28), seen),
    line("base-service", "roads", service, c.road, growing(0.2, 1, 9), seen),
    line("base-minor", "roads", minor, c.road, growing(0.4, 3.2, 16.5), seen),
    line("base-major", "roads", is("major_road"), c.major, growing(1.1, 5.2, 22), seen),
    line("base-highway", "roads", is("highway"), c.major, growing(1.8, 6.4, 25), seen),
    line("base-rails", "roads", is("rail"), c.rail, growing(0.7, 1.6, 3)),
    line("base-sleepers", "roads", is("rail"), c.rail, growing(0, 4, 9), { "line-dasharray": [0.25, 2.2] }),
  ];
}

function houses(c: Colours): LayerSpecification[] {
  return [
    {
      id: "base-houses", type: "fill", source: SOURCE, "source-layer": "buildings", minzoom: 13.5,
      paint: { "fill-color": c.house, "fill-outline-color": c["house-line"], "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13.5, 0, 14.5, 1] },
    },
  ];
}

/** Names of settlements, streets and water; not of the villages, which have their own. */
function labels(c: Colours, villages: string[]): LayerSpecification[] {
  const language = document.documentElement.lang.slice(0, 2);
  const name: ExpressionSpecification = ["coalesce", ["get", `name:${language}`], ["get", "name"]];
  const words = { "text-field": name, "text-font": [READING] };
  const paint = { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.5 };
  const wet = { ...paint, "text-color": c["water-label"] };
  const isNamed: ExpressionSpecification = ["has", "name"];
  return [
    {
      id: "base-water-names", type: "symbol", source: SOURCE, "source-layer": "water", minzoom: 13,
      filter: ["all", isNamed, ["==", ["geometry-type"], "Polygon"]],
      layout: { ...words, "text-size": 14, "text-max-width": 7 }, paint: wet,
    },
    {
      id: "base-river-names", type: "symbol", source: SOURCE, "source-layer": "water", minzoom: 12,
      filter: ["all", isNamed, ["==", ["geometry-type"], "LineString"]],
      layout: { ...words, "symbol-placement": "line", "symbol-spacing": 400, "text-size": 14, "text-letter-spacing": 0.04 }, paint: wet,
    },
    {
      id: "base-road-names", type: "symbol", source: SOURCE, "source-layer": "roads", minzoom: 13,
      filter: ["all", isNamed, ["!", isOneOf("kind", "rail", "ferry")]],
      layout: {
        ...words, "symbol-placement": "line", "symbol-spacing": 320, "text-padding": 6,
        "text-size": ["interpolate", ["linear"], ["zoom"], 13, 13, 18, 18],
      },
      paint,
    },
    {
      id: "base-place-names", type: "symbol", source: SOURCE, "source-layer": "places",
      filter: ["all", isNamed, ["!", ["in", ["get", "name"], ["literal", villages]]]],
      layout: {
        ...words, "symbol-sort-key": ["-", 0, ["get", "population_rank"]], "text-max-width": 8, "text-padding": 8,
        "text-size": ["interpolate", ["linear"], ["zoom"], 9, 13, 14, ["case", [">=", ["get", "population_rank"], 5], 19, 15]],
      },
      paint: { ...paint, "text-halo-width": 2 },
    },
  ];
}
