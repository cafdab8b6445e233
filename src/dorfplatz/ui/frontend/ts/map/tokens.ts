/** The page's colours, worked out by the browser for the present scheme, in a form the map understands. */
export interface Tokens {
  paper: string;
  well: string;
  sheet: string;
  ink: string;
  strong: string;
  line: string;
  tints: Tint[];
}

export interface Tint {
  ground: string;
  line: string;
  ink: string;
}

const TINTS = 10;

export function tokensOf(element: HTMLElement): Tokens {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const read = (expression: string): string => colourOf(probe, expression);
  const tints = Array.from({ length: TINTS }, (_, tint) => {
    probe.className = `tint-${tint}`;
    return { ground: read("var(--tint-ground)"), line: read("var(--tint-line)"), ink: read("var(--tint-ink)") };
  });
  const tokens = {
    paper: read("var(--paper)"),
    well: read("var(--well)"),
    sheet: read("var(--sheet)"),
    ink: read("var(--ink)"),
    strong: read("var(--strong)"),
    line: read("var(--line-strong)"),
    tints,
  };
  probe.remove();
  return tokens;
}

/** What a CSS colour is at that element, in the present scheme. */
export function colourOf(probe: HTMLElement, expression: string): string {
  probe.style.color = expression;
  return plain(getComputedStyle(probe).color);
}

let pixel: CanvasRenderingContext2D | null = null;

/** Any CSS colour as rgb(): mixed colours come as oklab(), which the map library does not read. */
function plain(colour: string): string {
  pixel ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });
  if (!pixel) return colour;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}
