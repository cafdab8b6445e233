import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  VariableAnchorOffsetCollectionSpecification,
} from "maplibre-gl";
import { bordersOf, labelsOf, NO_ENTRIES, type Areas } from "./data";
import type { Tint, Tokens } from "./tokens";

/** A base map brings its own sources, the layers below ours, and names of streets and settlements above the ground. */
export interface Base {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
  labels: LayerSpecification[];
}

export interface Ground {
  tokens: Tokens;
  areas: Areas;
  here: string;
  base?: Base | undefined;
}

export const CLUSTERS_UP_TO_ZOOM = 14;
// Where a name may stand, nearest first, in ems from the middle of its village.
const SPOTS: VariableAnchorOffsetCollectionSpecification = [1.3, 2.2, 3.2, 4.4].reduce<VariableAnchorOffsetCollectionSpecification>(
  (spots, far) => [...spots, "bottom", [0, -far], "top", [0, far], "left", [far, 0], "right", [-far, 0]] as VariableAnchorOffsetCollectionSpecification,
  ["center", [0, 0]],
);
const READING = "Atkinson Hyperlegible Next";
const DISPLAY = "Fraunces";

/** Paper, areas and their names: what lies under the pins. Without glyph files the library draws our own fonts. */
export function groundStyle({ tokens, areas, here, base }: Ground): StyleSpecification {
  const isHere: ExpressionSpecification = ["==", ["get", "slug"], here];
  return {
    version: 8,
    sources: {
      ...base?.sources,
      areas: { type: "geojson", data: areas },
      borders: { type: "geojson", data: bordersOf(areas) },
      names: { type: "geojson", data: labelsOf(areas) },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": tokens.well } },
      ...(base?.layers ?? []),
      {
        id: "areas",
        type: "fill",
        source: "areas",
        filter: ["!=", ["geometry-type"], "Point"],
        paint: { "fill-color": byTint(tokens, "ground"), "fill-opacity": base ? ["case", isHere, 0.3, 0.16] : 1 },
      },
      ...[false, true].map(
        (approximate): LayerSpecification => ({
          id: approximate ? "borders-approximate" : "borders",
          type: "line",
          source: "borders",
          filter: ["==", ["get", "approximate"], approximate],
          layout: { "line-join": "round" },
          paint: {
            "line-color": tokens.line,
            "line-width": 1.3,
            "line-opacity": 0.75,
            ...(approximate ? { "line-dasharray": [4, 3] } : {}),
          },
        }),
      ),
      {
        id: "here",
        type: "line",
        source: "areas",
        filter: ["all", ["!=", ["geometry-type"], "Point"], isHere],
        layout: { "line-join": "round" },
        paint: { "line-color": byTint(tokens, "line"), "line-width": 5, "line-offset": 2.5, "line-opacity": 0.9 },
      },
      ...(base?.labels ?? []),
      {
        id: "names",
        type: "symbol",
        source: "names",
        layout: {
          "text-field": ["get", "name"],
          "text-font": [DISPLAY],
          "text-size": ["interpolate", ["linear"], ["zoom"], 9, ["case", isHere, 15, 13], 14, ["case", isHere, 26, 21]],
          "text-padding": 3,
          "text-variable-anchor-offset": SPOTS,
          // A free spot around the middle if there is one, else the middle: a village is never without its name.
          "text-overlap": "always",
        },
        paint: {
          "text-color": byTint(tokens, "ink"),
          "text-halo-color": byTint(tokens, "ground"),
          "text-halo-width": 1.6,
        },
      },
    ],
  };
}

/** The ground with room for the entries on it: pins, clusters that say how many, and the one that is lit. */
export function resultsStyle(ground: Ground): StyleSpecification {
  const { tokens } = ground;
  const style = groundStyle(ground);
  return {
    ...style,
    sources: {
      ...style.sources,
      entries: { type: "geojson", data: NO_ENTRIES, cluster: true, clusterRadius: 44, clusterMaxZoom: CLUSTERS_UP_TO_ZOOM },
      lit: { type: "geojson", data: NO_ENTRIES },
    },
    layers: [
      ...style.layers,
      {
        id: "clusters",
        type: "circle",
        source: "entries",
        filter: ["has", "point_count"],
        paint: {
          "circle-color": tokens.sheet,
          "circle-radius": ["step", ["get", "point_count"], 17, 10, 20, 50, 24, 200, 29],
          "circle-stroke-color": tokens.strong,
          "circle-stroke-width": 3,
        },
      },
      {
        id: "cluster-counts",
        type: "symbol",
        source: "entries",
        filter: ["has", "point_count"],
        layout: {
          "text-field": ["to-string", ["get", "point_count"]],
          "text-font": [`${READING} Bold`, READING],
          "text-size": 16,
          "text-allow-overlap": true,
          "text-padding": 12,
        },
        paint: { "text-color": tokens.ink },
      },
      pins("pins", "entries", 1, ["!", ["has", "point_count"]]),
      pins("lit", "lit", 1.45, ["has", "id"]),
    ],
  };
}

function pins(id: string, source: string, size: number, filter: ExpressionSpecification): LayerSpecification {
  return {
    id,
    type: "symbol",
    source,
    filter,
    layout: { "icon-image": ["get", "pin"], "icon-size": size, "icon-allow-overlap": true, "icon-ignore-placement": source === "lit" },
  };
}

function byTint(tokens: Tokens, key: keyof Tint): ExpressionSpecification {
  const cases = tokens.tints.flatMap((tint, number) => [number, tint[key]]);
  return ["match", ["to-number", ["get", "tint"], 0], ...cases, tokens.tints[0]?.[key] ?? tokens.paper] as unknown as ExpressionSpecification;
}
