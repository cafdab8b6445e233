/** Asks for news, and keeps what there is for a day without a network and for the next start. */
import type { Turn } from "./turn";

const KEPT = "dorf-screen";
const HEARD = "dorf-screen-heard";
const LIFE_EVERY = 50 * 60_000;
const GONE = 404;
const ENDED = "data-screen-ended"; // said by the square itself: a “not found” of something in between ends no screen

export class Keeper {
  heardAt = Number(localStorage.getItem(HEARD)) || Number(document.body.dataset["madeAt"] ?? "0") * 1000;
  private livedAt = 0;
  private text = "";

  constructor(private readonly turn: Turn) {}

  begin(): void {
    const { worker } = document.body.dataset;
    if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => undefined);
  }

  async ask(): Promise<void> {
    const answer = await fetch(location.href, { cache: "no-cache", credentials: "omit" }).catch(() => undefined);
    const text = (await answer?.clone().text().catch(() => "")) ?? "";
    if (answer?.status === GONE && text.includes(ENDED)) return this.letGo();
    if (!answer?.ok || !text) return;
    this.heardAt = Date.now();
    localStorage.setItem(HEARD, String(this.heardAt));
    await this.take(text, answer);
    this.saySignOfLife();
  }

  private async take(text: string, answer: Response): Promise<void> {
    if (text === this.text) return;
    this.text = text;
    const made = new DOMParser().parseFromString(text, "text/html");
    await this.keep(answer, made);
    if (programs(made) !== programs(document)) return location.reload();
    Object.assign(document.body.dataset, made.body.dataset);
    document.body.classList.toggle("screen-touch", made.body.classList.contains("screen-touch"));
    const slides = [...(made.querySelector("main")?.children ?? [])];
    this.turn.replace(slides.map((slide) => document.importNode(slide, true)));
  }

  /** The page and all it is made of; what it no longer needs goes. */
  private async keep(answer: Response, made: Document): Promise<void> {
    if (!("caches" in window)) return;
    const kept = await caches.open(KEPT);
    const parts = new Set(partsOf(made));
    const fonts = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.endsWith(".woff2"));
    for (const font of fonts) parts.add(font);
    await kept.put(location.href, answer);
    await Promise.all([...parts].map(async (part) => (await kept.match(part, { ignoreVary: true })) ?? kept.add(part).catch(() => undefined)));
    for (const request of await kept.keys())
      if (request.url !== location.href && !parts.has(request.url) && !request.url.endsWith(".woff2")) await kept.delete(request);
  }

  private saySignOfLife(): void {
    const { alive } = document.body.dataset;
    if (!alive || Date.now() - this.livedAt < LIFE_EVERY) return;
    this.livedAt = Date.now();
    fetch(alive, { method: "POST", credentials: "omit" }).catch(() => undefined);
  }

  /** The screen was ended: nothing stays on the device, and the page says so. */
  private async letGo(): Promise<void> {
    localStorage.removeItem(HEARD);
    if ("caches" in window) await caches.delete(KEPT);
    for (const worker of await navigator.serviceWorker?.getRegistrations() ?? [])
      if (worker.scope.startsWith(location.href)) await worker.unregister();
    location.reload();
  }
}

const programs = (page: Document): string =>
  [...page.querySelectorAll("head script[src], head link[rel=stylesheet]")].map((part) => part.getAttribute("src") ?? part.getAttribute("href")).join();

/** Addresses of styles, scripts, fonts and pictures. */
function partsOf(made: Document): string[] {
  const found = made.querySelectorAll("head script[src], head link[href]:not([rel=alternate]), main img");
  const paths = [...found].map((part) => part.getAttribute("src") ?? part.getAttribute("href") ?? "");
  return paths.map((path) => new URL(path, location.href).href);
}
