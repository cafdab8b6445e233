import type { Entry, EntryProperties } from "./data";

const MOST = 8;

/** The words that open over one pin, or over several at one spot. Text only ever becomes text. */
export function popupContent(entries: readonly Entry[], words: DOMStringMap): HTMLElement {
  const list = document.createElement("ul");
  list.className = "map-popup";
  for (const entry of entries.slice(0, MOST)) list.append(line(entry.properties, words));
  if (entries.length > MOST) {
    const rest = document.createElement("li");
    rest.className = "map-popup-rest";
    rest.textContent = (words["wordsMany"] ?? "{count}").replace("{count}", String(entries.length));
    list.append(rest);
  }
  return list;
}

function line(entry: EntryProperties, words: DOMStringMap): HTMLLIElement {
  const item = document.createElement("li");
  const category = Object.assign(document.createElement("p"), { className: "kicker", textContent: entry.category });
  const link = Object.assign(document.createElement("a"), { textContent: entry.name });
  // Only addresses of our own: whatever else might stand in the data is no link.
  const url = new URL(entry.url, document.baseURI);
  if (url.origin === window.location.origin) link.href = url.href;
  item.append(category, link);
  const facts = [villages(entry.villages), entry.open ? (words["wordsOpen"] ?? "") : ""].filter(Boolean);
  if (facts.length) item.append(Object.assign(document.createElement("p"), { className: "small soft", textContent: facts.join(" · ") }));
  return item;
}

/** The library hands lists back as JSON text. */
function villages(value: string[] | string): string {
  if (Array.isArray(value)) return value.join(", ");
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.join(", ") : value;
  } catch {
    return value ?? "";
  }
}
