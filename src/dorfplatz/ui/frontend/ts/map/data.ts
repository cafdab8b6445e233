/** What the map is given: our own GeoJSON, as `/api/v1/map.geojson` promises it. */
export interface EntryProperties {
  id: string;
  kind: string;
  name: string;
  category: string;
  villages: string[] | string;
  url: string;
  open: boolean | null;
  confirmed_on: string | null;
  shape?: string;
  colour?: string;
  icon?: string;
}

export interface AreaProperties {
  name: string;
  slug: string;
  approximate: boolean;
  tint: number;
  url?: string;
  lat?: number;
  lon?: number;
}

export type Entry = GeoJSON.Feature<GeoJSON.Point, EntryProperties>;
export type Entries = GeoJSON.FeatureCollection<GeoJSON.Point, EntryProperties>;
export type Area = GeoJSON.Feature<GeoJSON.Geometry, AreaProperties>;
export type Areas = GeoJSON.FeatureCollection<GeoJSON.Geometry, AreaProperties>;

export const NO_ENTRIES: Entries = { type: "FeatureCollection", features: [] };
export const NO_AREAS: Areas = { type: "FeatureCollection", features: [] };

/** One label a named area, where its settlement is or else in the middle of its largest ring. */
export function labelsOf(areas: Areas): GeoJSON.FeatureCollection<GeoJSON.Point, AreaProperties> {
  const features = areas.features.flatMap((area) => {
    const at = centreOf(area);
    return at ? [{ type: "Feature" as const, properties: area.properties, geometry: { type: "Point" as const, coordinates: at } }] : [];
  });
  return { type: "FeatureCollection", features };
}

function centreOf({ geometry, properties }: Area): number[] | undefined {
  if (typeof properties.lat === "number" && typeof properties.lon === "number") return [properties.lon, properties.lat];
  if (geometry?.type === "Point") return geometry.coordinates;
  const rings = ringsOf(geometry);
  const largest = rings.reduce<number[][]>((best, ring) => (Math.abs(sizeOf(ring)) > Math.abs(sizeOf(best)) ? ring : best), []);
  return largest.length ? middleOf(largest) : undefined;
}

function ringsOf(geometry: GeoJSON.Geometry | null): number[][][] {
  if (geometry?.type === "Polygon") return geometry.coordinates.slice(0, 1);
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
  return [];
}

/** Every stretch of border once, though two areas share it: dashes drawn twice would fill each other's gaps. */
export function bordersOf(areas: Areas): GeoJSON.FeatureCollection<GeoJSON.MultiLineString> {
  const drawn = new Set<string>();
  const features = areas.features.map(({ geometry, properties }) => {
    const lines: number[][][] = [];
    for (const ring of ringsOf(geometry)) {
      let open = false;
      for (const [x, y, u, v] of pairs(ring)) {
        const ends = [`${x},${y}`, `${u},${v}`].sort().join(" ");
        if (!drawn.has(ends)) {
          if (open) lines.at(-1)?.push([u, v]);
          else lines.push([[x, y], [u, v]]);
        }
        open = !drawn.has(ends);
        drawn.add(ends);
      }
    }
    const geometryOf = { type: "MultiLineString" as const, coordinates: lines };
    return { type: "Feature" as const, properties: { approximate: properties.approximate }, geometry: geometryOf };
  });
  return { type: "FeatureCollection", features };
}

const pairs = (ring: number[][]): [number, number, number, number][] =>
  ring.slice(1).map((to, i) => [ring[i]?.[0] ?? 0, ring[i]?.[1] ?? 0, to[0] ?? 0, to[1] ?? 0]);

const sizeOf = (ring: number[][]): number => pairs(ring).reduce((sum, [x, y, u, v]) => sum + x * v - u * y, 0) / 2;

function middleOf(ring: number[][]): number[] {
  const size = sizeOf(ring);
  if (size === 0) return ring[0] ?? [0, 0];
  const [x, y] = pairs(ring).reduce(
    ([sumX, sumY], [a, b, c, d]) => [sumX + (a + c) * (a * d - c * b), sumY + (b + d) * (a * d - c * b)],
    [0, 0],
  );
  return [x / (6 * size), y / (6 * size)];
}

/** West, south, east, north around everything; undefined for nothing. */
export function boxOf(...collections: (Entries | Areas)[]): [number, number, number, number] | undefined {
  let box: [number, number, number, number] | undefined;
  const take = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value as unknown[];
    if (typeof x !== "number" || typeof y !== "number") return value.forEach(take);
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  };
  for (const { features } of collections)
    for (const { geometry } of features) if (geometry && "coordinates" in geometry) take(geometry.coordinates);
  return box;
}
