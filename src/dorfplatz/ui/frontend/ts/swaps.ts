/**
 * Links and search forms inside `data-swaps="#filters,#list"` exchange those elements instead of the whole page.
 * The address changes with them, the focus stays on the same words, and what `data-says` says is read aloud.
 */
export function swapInPlace(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const ids = idsAround(link);
    if (!link || !ids || link.target || link.hasAttribute("download") || !isSamePage(new URL(link.href))) return;
    event.preventDefault();
    void swap(new URL(link.href), ids, link);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const ids = form instanceof HTMLFormElement && form.method === "get" ? idsAround(form) : undefined;
    if (!ids || !(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    const url = new URL(form.action);
    const values = [...new FormData(form, event.submitter)].filter(([, value]) => value !== "") as [string, string][];
    url.search = new URLSearchParams(values).toString();
    if (!isSamePage(url)) return;
    event.preventDefault();
    void swap(url, ids, event.submitter ?? form);
  });
}

/** What an island asks for, say the map: the same exchange. */
export function swapOnDemand(): void {
  document.addEventListener("dorf:search", (event) => {
    const { url, ids } = (event as CustomEvent<{ url: URL; ids: string[] }>).detail;
    if (window.htmx && ids.length) void swap(url, ids);
    else window.location.assign(url);
  });
}

function idsAround(element: Element | null): string[] | undefined {
  const around = element?.closest<HTMLElement>("[data-swaps]");
  if (!window.htmx || !around || element?.closest("[data-card], .card, [data-whole]")) return undefined;
  return around.dataset["swaps"]?.split(",").map((id) => id.trim());
}

/** Another page is another page: only what narrows or widens the present list is exchanged. */
function isSamePage(url: URL): boolean {
  return url.origin === window.location.origin && url.pathname === window.location.pathname && !url.hash;
}

/** Exchange the elements with these ids by those of the page at that address. */
export async function swap(url: URL, ids: readonly string[], from?: Element): Promise<void> {
  const [target = "", ...others] = ids;
  const address = url.pathname + url.search;
  const words = wordsOf(from);
  const toTop = from?.closest(".pages") !== null && from !== undefined;
  for (const id of ids) document.querySelector(id)?.setAttribute("aria-busy", "true");
  try {
    await window.htmx?.ajax("GET", address, {
      target,
      select: target,
      swap: "outerHTML",
      push: address,
      ...(others.length ? { selectOOB: others.join(",") } : {}),
    });
  } catch {
    window.location.assign(address);
    return;
  }
  const swapped = ids.map((id) => document.querySelector<HTMLElement>(id)).filter((element) => element !== null);
  if (toTop) swapped.at(-1)?.scrollIntoView({ block: "start" });
  focusAgain(swapped, words);
  sayAloud(swapped);
}

const wordsOf = (element?: Element): string => (element?.querySelector(".facet-words") ?? element)?.textContent?.trim() ?? "";

function focusAgain(swapped: readonly HTMLElement[], words: string): void {
  const candidates = swapped.flatMap((element) => [...element.querySelectorAll<HTMLElement>("a[href], button")]);
  const same = words ? candidates.find((candidate) => wordsOf(candidate) === words && candidate.checkVisibility()) : undefined;
  const fallback = swapped.at(-1);
  if (!same && fallback && !fallback.hasAttribute("tabindex")) fallback.tabIndex = -1;
  (same ?? fallback)?.focus({ preventScroll: true });
}

function sayAloud(swapped: readonly HTMLElement[]): void {
  const words = swapped.map((element) => element.querySelector("[data-says]")?.textContent?.trim()).find(Boolean);
  const voice = document.getElementById("voice");
  if (voice && words) voice.textContent = words;
}
