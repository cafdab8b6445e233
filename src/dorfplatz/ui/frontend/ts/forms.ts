const AGAIN_AFTER_MS = 6000;

/** A second tap on “Send” does not send twice, and the list of mistakes gets the focus. */
export function guardForms(): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    const now = Date.now();
    if (now - (sent.get(form) ?? 0) < AGAIN_AFTER_MS) event.preventDefault();
    else sent.set(form, now);
  });
  // Coming back by the browser's button, the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) sent.delete(form);
  });
  document.querySelector<HTMLElement>("form[method=post] .errors")?.focus();
}
