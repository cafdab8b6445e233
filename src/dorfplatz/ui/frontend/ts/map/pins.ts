import type { Map } from "maplibre-gl";
import shapes from "../../shapes.json";
import { fetchSprite } from "./sprite";
import type { Entries } from "./data";

const SIZE = 36;
const DENSITY = 3;
const SHAPES: Record<string, string> = shapes;

/** Gives each entry the name of its pin and the map the pictures it does not have yet. */
export async function drawPins(map: Map, element: HTMLElement, entries: Entries): Promise<void> {
  const glyphs = await fetchSprite(element.dataset["sprite"] ?? "");
  const wanted = new Set<string>();
  for (const { properties } of entries.features) wanted.add(pinName(properties));
  await Promise.all(
    [...wanted].filter((name) => !map.hasImage(name)).map(async (name) => {
      const picture = await draw(name, element, glyphs);
      if (!map.hasImage(name)) map.addImage(name, picture, { pixelRatio: DENSITY });
    }),
  );
}

export function pinName(entry: { shape?: string; colour?: string; icon?: string }): string {
  return `pin/${entry.shape ?? "circle"}/${entry.colour ?? "slate"}/${entry.icon ?? "map-pin"}`;
}

async function draw(name: string, element: HTMLElement, glyphs: ReadonlyMap<string, string>): Promise<ImageData> {
  const [, shape = "circle", colour = "slate", icon = "map-pin"] = name.split("/");
  const fill = getComputedStyle(element).getPropertyValue(`--pin-${colour}`).trim() || "#4d5763";
  const { x, y, scale } = PLACES[shape] ?? { x: 16, y: 16, scale: 0.72 };
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE * DENSITY}" height="${SIZE * DENSITY}" viewBox="-2 -2 36 36">` +
    `<path d="${SHAPES[shape] ?? SHAPES["circle"]}" fill="${fill}" stroke="#fff" stroke-width="2.2" stroke-linejoin="round" paint-order="stroke"/>` +
    `<g transform="translate(${x} ${y}) scale(${scale}) translate(-12 -12)" fill="none" stroke="#fff" stroke-width="2.1" ` +
    `stroke-linecap="round" stroke-linejoin="round" color="#fff">${glyphs.get(icon) ?? glyphs.get("map-pin") ?? ""}</g></svg>`;
  const image = new Image(SIZE * DENSITY, SIZE * DENSITY);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * DENSITY;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(image, 0, 0, SIZE * DENSITY, SIZE * DENSITY);
  return context.getImageData(0, 0, SIZE * DENSITY, SIZE * DENSITY);
}

/** Where the glyph sits in each shape, in its 32 × 32 box. */
const PLACES: Record<string, { x: number; y: number; scale: number }> = {
  circle: { x: 16, y: 16, scale: 0.76 },
  square: { x: 16, y: 16, scale: 0.78 },
  house: { x: 16, y: 18, scale: 0.7 },
  diamond: { x: 16, y: 16, scale: 0.66 },
  drop: { x: 16, y: 14, scale: 0.7 },
  hexagon: { x: 16, y: 16, scale: 0.74 },
  shield: { x: 16, y: 15, scale: 0.7 },
  triangle: { x: 16, y: 20.5, scale: 0.56 },
  octagon: { x: 16, y: 16, scale: 0.76 },
};
