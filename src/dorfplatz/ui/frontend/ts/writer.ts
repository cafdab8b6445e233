/**
 * Big buttons that write the simple marks of a text around the chosen words, and a look at how it will be.
 * Undo works as for anything typed. Without scripts the field is an ordinary one.
 */
const PREVIEWED = "is-previewed";

for (const part of document.querySelectorAll<HTMLElement>("[data-writer]")) {
  const field = part.querySelector("textarea");
  if (!field) continue;
  const bar = part.querySelector<HTMLElement>("[role=toolbar]");
  if (bar) moveByArrows(bar);
  part.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (button?.dataset["mark"]) mark(field, button);
    else if (button?.dataset["previews"]) void preview(part, field, button);
  });
}

/** One stop for the tabulator, arrows within: the pattern of a toolbar. */
function moveByArrows(bar: HTMLElement): void {
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button")];
  buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next?.focus();
  });
}

function mark(field: HTMLTextAreaElement, button: HTMLElement): void {
  const { before = "", after = "", sample = "", eachLine } = button.dataset;
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd);
  if (eachLine === undefined) {
    const words = chosen || sample;
    write(field, before + words + after, field.selectionStart, field.selectionEnd);
    choose(field, field.selectionEnd - after.length - words.length, words.length);
    return;
  }
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? field.value.length : end;
  const text = field.value.slice(from, to) || sample;
  const lines = text.split("\n").map((line) => (line.startsWith(before) ? line : before + line));
  // A list or heading begins after an empty line.
  const above = field.value.slice(0, from);
  const gap = above && !above.endsWith("\n\n") && !lineBefore(above).startsWith(before) ? "\n" : "";
  write(field, gap + lines.join("\n"), from, to);
  if (text === sample) choose(field, field.selectionEnd - sample.length, sample.length);
}

const lineBefore = (above: string) => above.trimEnd().split("\n").pop() ?? "";

function write(field: HTMLTextAreaElement, text: string, from: number, to: number): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Known as old, and the only way that leaves the field's own undo whole.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function choose(field: HTMLTextAreaElement, from: number, length: number): void {
  field.setSelectionRange(from, from + length);
}

async function preview(part: HTMLElement, field: HTMLTextAreaElement, button: HTMLElement): Promise<void> {
  const place = part.querySelector<HTMLElement>("[data-preview]");
  const token = field.form?.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  if (!place) return;
  if (part.classList.toggle(PREVIEWED)) {
    button.setAttribute("aria-pressed", "true");
    try {
      const body = new URLSearchParams({ text: field.value });
      const answer = await fetch(button.dataset["previews"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token } });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      place.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
      place.hidden = false;
    } catch {
      part.classList.remove(PREVIEWED);
      button.removeAttribute("aria-pressed");
    }
  } else {
    button.removeAttribute("aria-pressed");
    place.hidden = true;
    field.focus();
  }
}
