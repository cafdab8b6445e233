/**
 * Suggestions while somebody types into a field with `data-suggests`, the address that has them as a list of options.
 * The pattern is the combobox with a list of the ARIA Authoring Practices. Without scripts the field is an ordinary one.
 */
const PAUSE_MS = 160;
const LEAST_LETTERS = 2;
const LEAST_WIDTH = 460;

let list: HTMLElement | null = null;
let owner: HTMLInputElement | null = null;
let chosen = -1;
let waiting = 0;
let asked: AbortController | null = null;

export function suggestWhileTyping(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (isField(target)) prepare(target);
    else if (owner && target !== owner) close();
  });
  document.addEventListener("input", ({ target }) => {
    if (!isField(target)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(target), PAUSE_MS);
  });
  document.addEventListener("keydown", (event) => {
    if (isField(event.target) && !event.isComposing) follow(event, event.target);
  });
  // Before the field loses the focus by it.
  document.addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (option && list?.contains(option)) event.preventDefault();
    else if (event.target !== owner) close();
  });
  document.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (option && list?.contains(option)) open(option);
  });
  document.addEventListener("submit", () => close(), true);
  window.addEventListener("resize", place);
}

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.dataset["suggests"] !== undefined;

/** A field of type “search” may not be a combobox; as a text field it looks the same. */
function prepare(field: HTMLInputElement): void {
  if (field.getAttribute("role") === "combobox") return;
  field.type = "text";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("autocomplete", "off");
  field.setAttribute("enterkeyhint", "search");
}

async function ask(field: HTMLInputElement): Promise<void> {
  asked?.abort();
  if (field.value.trim().length < LEAST_LETTERS) return close();
  const url = new URL(field.dataset["suggests"] ?? "", location.href);
  // A search brings its filters; a form that writes keeps what is in it to itself.
  for (const [name, value] of field.form?.method === "get" ? new FormData(field.form) : []) url.searchParams.append(name, String(value));
  url.searchParams.set("q", field.value);
  asked = new AbortController();
  try {
    const answer = await fetch(url, { signal: asked.signal, headers: { accept: "text/html" } });
    const html = answer.ok ? await answer.text() : "";
    if (document.activeElement === field) show(field, html);
  } catch {
    // Another letter came, or the line is down: typing goes on as without suggestions.
  }
}

function show(field: HTMLInputElement, html: string): void {
  close();
  const found = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("[role=listbox]");
  if (!found) return;
  list = document.importNode(found, true);
  list.id = `${field.id}-suggestions`;
  list.querySelectorAll("[role=option]").forEach((option, number) => (option.id = `${field.id}-suggestion-${number}`));
  owner = field;
  // Not beside the field: what is around it may cut off what reaches over its edge.
  (field.closest("dialog") ?? document.querySelector("main") ?? document.body).append(list);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", list.id);
  place();
  say(list.dataset["said"] ?? "");
}

function place(): void {
  if (!list || !owner) return;
  const around = (list.offsetParent ?? document.documentElement).getBoundingClientRect();
  const field = owner.getBoundingClientRect();
  const width = Math.min(Math.max(field.width, LEAST_WIDTH), document.documentElement.clientWidth - 2 * field.left);
  list.style.insetInlineStart = `${field.left - around.left}px`;
  list.style.insetBlockStart = `${field.bottom - around.top + 4}px`;
  list.style.width = `${Math.max(width, field.width)}px`;
}

function close(): void {
  window.clearTimeout(waiting);
  list?.remove();
  owner?.setAttribute("aria-expanded", "false");
  owner?.removeAttribute("aria-controls");
  owner?.removeAttribute("aria-activedescendant");
  [list, owner, chosen] = [null, null, -1];
}

function follow(event: KeyboardEvent, field: HTMLInputElement): void {
  const options = list ? [...list.querySelectorAll<HTMLElement>("[role=option]")] : [];
  if (!options.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    // One place more than options: the field itself, with what was typed.
    const places = options.length + 1;
    choose(field, options, ((chosen + 1 + step + places) % places) - 1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    open(options[chosen]);
  } else if (event.key === "Tab") close();
}

function choose(field: HTMLInputElement, options: HTMLElement[], number: number): void {
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
  chosen = number;
  const option = options[number];
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

/** An option leads somewhere, or is told to the field: “dorf:choose” with what the option carries. */
function open(option: HTMLElement | undefined): void {
  const url = option?.dataset["url"];
  if (url) return location.assign(url);
  const field = owner;
  close();
  if (option) field?.dispatchEvent(new CustomEvent("dorf:choose", { detail: { ...option.dataset } }));
}

/** How many there are, for those who do not see the list appear. */
function say(words: string): void {
  let place = document.getElementById("suggestions-said");
  if (!place) {
    place = Object.assign(document.createElement("p"), { id: "suggestions-said", className: "hidden-words" });
    place.setAttribute("role", "status");
    (document.querySelector("main") ?? document.body).append(place);
  }
  place.textContent = words;
}
