import { say, word } from "./words";

const PAGES = "dorf-pages";

/** On a copy, a quiet line that says so and from when it is. */
export function sayWhenThisIsACopy(): void {
  const at = Date.parse(document.body.dataset["copiedAt"] ?? "");
  if (Number.isNaN(at)) return;
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" });
  say(word("copy").replace("{when}", when.format(at)));
}

/** <dorf-offline>: choose to keep pages on this device, see which there are, take them off again. */
export class OfflineShelf extends HTMLElement {
  connectedCallback(): void {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    this.querySelector("[data-keep]")?.addEventListener("click", () => void this.keep());
    this.querySelector("[data-drop]")?.addEventListener("click", () => void this.drop());
    void this.show();
  }

  private async keep(): Promise<void> {
    await caches.open(PAGES);
    await navigator.serviceWorker.register("/sw.js");
    await this.show();
  }

  private async drop(): Promise<void> {
    for (const name of await caches.keys()) if (name.startsWith("dorf-")) await caches.delete(name);
    const worker = await navigator.serviceWorker.getRegistration("/");
    // Whoever gets notes on this device keeps the worker, which then keeps no pages.
    if (worker && !(await worker.pushManager?.getSubscription())) await worker.unregister();
    await this.show();
  }

  private async show(): Promise<void> {
    const isKept = await caches.has(PAGES);
    for (const part of this.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset["when"] !== (isKept ? "kept" : "free");
    const list = this.querySelector("ul");
    if (!list) return;
    list.replaceChildren();
    if (!isKept) return;
    const pages = await caches.open(PAGES);
    for (const key of [...(await pages.keys())].reverse()) {
      const html = await (await pages.match(key))?.text();
      const page = new DOMParser().parseFromString(html ?? "", "text/html");
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = key.url;
      link.textContent = page.title || key.url;
    }
  }
}
