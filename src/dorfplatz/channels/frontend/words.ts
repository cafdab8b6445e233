/** Words in the reader's language, which the page carries in its head. */
export function word(name: string): string {
  return document.querySelector<HTMLMetaElement>('meta[name="dorf-words"]')?.dataset[name] ?? "";
}

/** Says something at the top of the page, quietly, with a link where there is somewhere to go. */
export function say(text: string, link?: { url: string; words: string }): void {
  const main = document.querySelector("main .column") ?? document.querySelector("main");
  if (!main || !text) return;
  const note = document.createElement("div");
  note.className = "notice notice-info";
  note.setAttribute("role", "status");
  const body = note.appendChild(document.createElement("div"));
  body.className = "notice-body";
  body.appendChild(document.createElement("p")).textContent = text;
  if (link) {
    const anchor = body.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
    anchor.href = link.url;
    anchor.textContent = link.words;
  }
  main.prepend(note);
}
