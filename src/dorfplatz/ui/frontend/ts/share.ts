/** Print buttons, and sharing by the device's own sheet or by copying the address. */
export function shareAndPrint(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-prints]")) window.print();
    const sharer = target?.closest<HTMLElement>("[data-shares]");
    if (sharer) void share(sharer);
  });
}

async function share(sharer: HTMLElement): Promise<void> {
  const url = sharer.dataset["shares"] || window.location.href;
  const title = sharer.dataset["title"] || document.title;
  if ("share" in navigator && window.matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ title, url }).catch(() => undefined);
    return;
  }
  const done = sharer.closest(".share")?.querySelector<HTMLElement>("[data-done]");
  try {
    await navigator.clipboard.writeText(url);
    if (done) done.textContent = done.dataset["done"] ?? "";
  } catch {
    // Without the right to copy, the address at least stands there to be copied by hand.
    if (done) done.textContent = url;
  }
}
