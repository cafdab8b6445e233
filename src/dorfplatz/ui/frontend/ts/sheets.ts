const WIDE = window.matchMedia("(min-width: 58rem)");
const STORE = "open:";

/** Menus close by Escape or a tap beside them, dialogs open, and folded groups stay as the reader left them. */
export function openAndClose(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    closeMenus((menu) => target !== null && menu.contains(target));
    const opener = target?.closest<HTMLElement>("[data-opens]");
    const dialog = opener ? document.getElementById(opener.dataset["opens"] ?? "") : null;
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    closeAround(target?.closest<HTMLElement>("[data-closes]") ?? null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const focused = document.activeElement?.closest<HTMLDetailsElement>("details[name=menu][open]");
    closeMenus(() => false);
    focused?.querySelector("summary")?.focus();
  });
  document.addEventListener("toggle", remember, true);
  document.addEventListener("htmx:after:swap", () => recall());
  WIDE.addEventListener("change", () => recall());
  foldSheets();
  recall();
}

function closeMenus(keep: (menu: HTMLDetailsElement) => boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[name=menu][open]"))
    if (!keep(menu)) menu.open = false;
}

function closeAround(closer: HTMLElement | null): void {
  if (!closer) return;
  const around = closer.closest(closer.dataset["closes"] ?? "details");
  if (around instanceof HTMLDialogElement) around.close();
  if (around instanceof HTMLDetailsElement) {
    around.open = false;
    around.querySelector("summary")?.focus();
  }
}

function remember(event: Event): void {
  const group = event.target;
  if (!(group instanceof HTMLDetailsElement) || !group.dataset["keeps"]) return;
  if (group.matches(".filter-sheet") && WIDE.matches) return;
  try {
    sessionStorage.setItem(STORE + group.dataset["keeps"], group.open ? "1" : "0");
  } catch {
    // Storage may be switched off; then groups open as the server says.
  }
}

/** On a phone unfolded filters hide what they filter: they stay open while one narrows, not from page to page. */
function foldSheets(): void {
  if (WIDE.matches) return;
  for (const sheet of document.querySelectorAll<HTMLDetailsElement>(".filter-sheet[data-keeps]"))
    try {
      sessionStorage.removeItem(STORE + sheet.dataset["keeps"]);
    } catch {
      // Nothing is kept where storage is switched off.
    }
}

function recall(): void {
  for (const group of document.querySelectorAll<HTMLDetailsElement>("details[data-keeps]")) {
    let kept: string | null = null;
    try {
      kept = sessionStorage.getItem(STORE + group.dataset["keeps"]);
    } catch {
      kept = null;
    }
    if (group.matches(".filter-sheet") && WIDE.matches) group.open = true;
    else if (kept !== null) group.open = kept === "1";
  }
}
