import { say, word } from "./words";

/** A form that was sent without a network. `owner` is who was logged in: nobody sends what another has written. */
interface Draft {
  key: string;
  owner: string;
  page: string;
  url: string;
  fields: [string, FormDataEntryValue][];
  needsHelp: boolean;
}

/**
 * Forms with a key may be sent twice and still write once. So one that cannot be sent now is kept here, and sent as
 * soon as there is a network: also when nobody can tell whether it arrived the first time.
 */
export function guardDrafts(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (navigator.onLine || !(form instanceof HTMLFormElement) || !keyOf(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void keep(form, event.submitter).then(() => {
        form.hidden = true;
        say(word("kept"));
        window.scrollTo({ top: 0 });
      });
    },
    true,
  );
  window.addEventListener("online", () => void sendAll());
  if (navigator.onLine && owner()) void sendAll();
}

const owner = (): string => document.querySelector<HTMLMetaElement>('meta[name="dorf-reader"]')?.content ?? "";

function keyOf(form: HTMLFormElement): string {
  const field = form.elements.namedItem("form_key");
  return form.method === "post" && field instanceof HTMLInputElement ? field.value : "";
}

async function keep(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const draft: Draft = { key: keyOf(form), owner: owner(), page: location.href, url: form.action, fields, needsHelp: false };
  await (await drafts("readwrite")).put(draft);
}

/** Sends what waits, one after the other, in one window only. */
async function sendAll(): Promise<void> {
  if (!("indexedDB" in window) || !(await hasDrafts())) return;
  await navigator.locks.request("dorf-drafts", async () => {
    const waiting = (await all()).filter((draft) => draft.owner === owner() && !draft.needsHelp);
    for (const draft of waiting) await send(draft).catch(() => undefined); // no network after all: later
  });
}

async function send(draft: Draft): Promise<void> {
  const form = await fetch(draft.page);
  if (!form.ok || form.redirected) return; // logged out meanwhile: later
  const page = new DOMParser().parseFromString(await form.text(), "text/html");
  const token = page.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  if (!token || page.querySelector<HTMLMetaElement>('meta[name="dorf-reader"]')?.content !== draft.owner) return;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  for (const [name, value] of draft.fields) data.append(name, value);
  const answer = await fetch(draft.url, { method: "POST", body: data });
  if (answer.status >= 500) return;
  if (answer.ok && answer.redirected) {
    await (await drafts("readwrite")).delete(draft.key);
    say(word("sent"), { url: answer.url, words: word("look") });
  } else {
    await (await drafts("readwrite")).put({ ...draft, needsHelp: true });
    say(word("help"), { url: draft.page, words: word("look") });
  }
}

// The little store of this device

const ended = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("no store"));
  });

async function drafts(mode: IDBTransactionMode): Promise<{ put(d: Draft): Promise<unknown>; delete(key: string): Promise<unknown>; all(): Promise<Draft[]> }> {
  const opening = indexedDB.open("dorf", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "key" });
  const store = (await ended(opening)).transaction("drafts", mode).objectStore("drafts");
  return {
    put: (draft) => ended(store.put(draft)),
    delete: (key) => ended(store.delete(key)),
    all: () => ended(store.getAll() as IDBRequest<Draft[]>),
  };
}

const all = async (): Promise<Draft[]> => (await drafts("readonly")).all();

/** Without opening a store on a device that has none. */
async function hasDrafts(): Promise<boolean> {
  return !indexedDB.databases || (await indexedDB.databases()).some((found) => found.name === "dorf");
}
