export type Library = typeof import("./library");

let library: Promise<Library> | undefined;

/** The library, once. Rejects when it cannot be fetched. */
export function loadLibrary(element: HTMLElement): Promise<Library> {
  const address = element.dataset["library"] ?? "";
  library ??= (import(address) as Promise<Library>).then((loaded) => {
    loaded.setWorkerUrl(new URL(element.dataset["worker"] ?? "", document.baseURI).href);
    return loaded;
  });
  return library;
}

/** Resolves when the element is, or is about to be, on the screen. */
export function whenSeen(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
  });
}

export async function fetchJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return (await response.json()) as T;
}

/** “5.94,51.72,6.10,51.85” as west, south, east, north; undefined for anything else. */
export function readBox(text: string | undefined): [number, number, number, number] | undefined {
  const [west, south, east, north, ...rest] = (text ?? "").split(",").map(Number);
  const box = [west, south, east, north];
  if (rest.length || box.some((value) => value === undefined || !Number.isFinite(value))) return undefined;
  return box as [number, number, number, number];
}

/** A sentence over the map, or none. */
export function say(element: HTMLElement, sentence: string): void {
  let words = element.querySelector<HTMLElement>(".map-words");
  if (!words) {
    words = document.createElement("p");
    words.className = "map-words";
    words.setAttribute("role", "status");
    element.append(words);
  }
  words.textContent = sentence;
  words.hidden = sentence === "";
}

export const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
export const DARK = window.matchMedia("(prefers-color-scheme: dark)");
