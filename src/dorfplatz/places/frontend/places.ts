/** The social map's page: filters without a new page, list and map in turn on a phone. All of it works without. */
const RESULTS = "#results";

interface Htmx {
  ajax(verb: string, path: string, context: Record<string, unknown>): Promise<void>;
}

const htmx = (): Htmx | undefined => (window as unknown as { htmx?: Htmx }).htmx;

/** Ask for another result and have it swapped in; the address follows, so that it can be shared and gone back from. */
function narrow(url: URL): boolean {
  const library = htmx();
  if (!library || url.origin !== location.origin) return false;
  const path = url.pathname + url.search;
  void library
    .ajax("GET", path, { source: RESULTS, target: RESULTS, swap: "innerMorph", push: path })
    .catch(() => location.assign(path));
  return true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest<HTMLAnchorElement>("a[href]");
  if (link?.closest("[data-narrows]") && narrow(new URL(link.href))) event.preventDefault();
  const turner = target?.closest<HTMLButtonElement>("[data-shows-map]");
  if (turner) turn(turner);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-narrows]")) return;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value !== "") url.searchParams.append(name, String(value));
  if (narrow(url)) event.preventDefault();
});

/** List or map, where there is room for one of them only. */
function turn(button: HTMLButtonElement): void {
  const finder = button.closest<HTMLElement>("[data-finder]");
  if (!finder) return;
  showState(finder, !finder.classList.contains("finder-shows-map"));
  button.focus();
}

function showState(finder: HTMLElement, isMap: boolean): void {
  finder.classList.toggle("finder-shows-map", isMap);
  for (const button of finder.querySelectorAll<HTMLButtonElement>("[data-shows-map]")) {
    const words = button.querySelector("span");
    button.dataset["wordsMap"] ??= words?.textContent ?? "";
    button.setAttribute("aria-pressed", String(isMap));
    if (words) words.textContent = (isMap ? button.dataset["wordsList"] : button.dataset["wordsMap"]) ?? "";
  }
}

document.addEventListener("htmx:after:swap", () => {
  const finder = document.querySelector<HTMLElement>("[data-finder]");
  const title = finder?.querySelector<HTMLElement>("[data-said]");
  if (!finder || !title) return;
  showState(finder, finder.classList.contains("finder-shows-map"));
  const said = document.getElementById("results-said");
  if (said) said.textContent = title.dataset["said"] ?? "";
  // What was tapped may be gone, as a filter taken back is: go on reading at the result.
  if (document.activeElement === document.body) title.focus({ preventScroll: true });
  followAddress();
});

/** Links to this page in other languages lead to the present filter, and the title says what is shown. */
function followAddress(): void {
  for (const { dataset } of document.querySelectorAll<HTMLElement>("[data-languages] > [data-code]"))
    for (const link of document.querySelectorAll(`[hreflang="${dataset["code"]}"]`)) link.setAttribute("href", dataset["url"] ?? "");
  const heading = document.querySelector("[data-finder] h1")?.textContent?.trim();
  if (heading) document.title = [heading, ...document.title.split(" · ").slice(1)].join(" · ");
}
