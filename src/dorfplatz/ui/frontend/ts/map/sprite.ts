const sprites = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** The drawings in an icon sprite by name, as SVG source. Our own file, fetched once. */
export function fetchSprite(url: string): Promise<ReadonlyMap<string, string>> {
  let sprite = sprites.get(url);
  if (!sprite) {
    sprite = read(url);
    sprites.set(url, sprite);
  }
  return sprite;
}

async function read(url: string): Promise<ReadonlyMap<string, string>> {
  const text = await (await fetch(url)).text();
  const symbols = new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("symbol");
  return new Map([...symbols].map((symbol) => [symbol.id, symbol.innerHTML]));
}
