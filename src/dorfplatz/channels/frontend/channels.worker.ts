/**
 * Reads the square without a network: on devices that were asked to keep it, a copy of each page read.
 *
 * A copy is always what a stranger would get: it is fetched without cookies. So nothing personal is ever kept, whoever
 * is logged in. Notes by push carry no content.
 */
interface Lasting extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetching extends Lasting { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Pushed extends Lasting { readonly data: { json(): unknown } | null }
interface Clicked extends Lasting { readonly notification: Notification }
interface Tab { readonly url: string; focus(): Promise<unknown>; navigate(url: string): Promise<unknown> }
interface Square {
  readonly dorf: { readonly offline: Readonly<Record<string, string>>; readonly news: Readonly<Record<string, string>> };
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: object): Promise<readonly Tab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<E extends Event>(name: string, hear: (event: E) => void): void;
}

const square = self as unknown as Square;
const PAGES = "dorf-pages"; // there only where somebody chose to keep pages
const PARTS = "dorf-parts";
const MOST_PAGES = 60;
const MOST_PARTS = 150;
const FRESH_MS = 10 * 60 * 1000;
const COPIED = "X-Copied-At";

square.addEventListener<Lasting>("install", (event) => event.waitUntil(keepOfflinePages().then(() => square.skipWaiting())));
square.addEventListener<Lasting>("activate", (event) => event.waitUntil(square.clients.claim()));
square.addEventListener<Fetching>("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== square.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (/^\/(static|look|media)\//.test(url.pathname)) event.respondWith(part(event.request));
});

async function page(event: Fetching, url: URL): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && !answer.redirected) event.waitUntil(copy(url));
    return answer;
  } catch {
    return (await copyOf(url.href)) ?? (await offlinePage(url)) ?? Response.error();
  }
}

/** Keeps what a stranger would read there, unless the copy is fresh; pages for members lead strangers elsewhere. */
async function copy(url: URL): Promise<void> {
  if (!(await caches.has(PAGES)) || url.search || !/^\/[a-z]{2}\//.test(url.pathname)) return;
  const pages = await caches.open(PAGES);
  const before = await pages.match(url.href, { ignoreVary: true });
  if (before && Date.now() - Date.parse(before.headers.get(COPIED) ?? "") < FRESH_MS) return;
  const answer = await fetch(url.href, { credentials: "omit" }).catch(() => undefined);
  if (!answer?.ok || answer.redirected || answer.headers.get("Cache-Control")?.includes("no-store")) return;
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return;
  const html = await answer.text();
  await pages.delete(url.href, { ignoreVary: true }); // so that the newest stands last
  const headers = new Headers(answer.headers);
  headers.set(COPIED, new Date().toISOString());
  await pages.put(url.href, new Response(html, { headers }));
  await keepParts(html);
  await thinOut(pages, MOST_PAGES);
}

async function copyOf(url: string): Promise<Response | undefined> {
  const kept = (await caches.has(PAGES)) ? await (await caches.open(PAGES)).match(url, { ignoreVary: true, ignoreSearch: true }) : undefined;
  if (!kept) return undefined;
  const html = (await kept.text()).replace("<body ", `<body data-copied-at="${kept.headers.get(COPIED) ?? ""}" `);
  return new Response(html, { headers: kept.headers });
}

async function offlinePage(url: URL): Promise<Response | undefined> {
  const { offline } = square.dorf;
  const path = offline[url.pathname.split("/")[1] ?? ""] ?? Object.values(offline)[0] ?? "/";
  return (await caches.open(PARTS)).match(path, { ignoreVary: true });
}

async function keepOfflinePages(): Promise<void> {
  const parts = await caches.open(PARTS);
  for (const path of Object.values(square.dorf.offline)) {
    const answer = await fetch(path, { credentials: "omit" });
    await parts.put(path, answer.clone());
    await keepParts(await answer.text());
  }
}

/** Styles, scripts and letters that a page needs; their names change with their content. */
async function keepParts(html: string): Promise<void> {
  const parts = await caches.open(PARTS);
  const named = [...html.matchAll(/(?:href|src)="(\/(?:static|look)\/[^"]+\.(?:css|js|woff2|svg))"/g)].map((found) => found[1] ?? "");
  for (const path of new Set(named)) if (!(await parts.match(path, { ignoreVary: true }))) await parts.add(path).catch(() => undefined);
}

/** What has a name of its own for each content is asked for once. */
async function part(request: Request): Promise<Response> {
  const kept = await (await caches.open(PARTS)).match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200 && (await caches.has(PAGES))) {
    const parts = await caches.open(PARTS);
    await parts.put(request.url, answer.clone());
    await thinOut(parts, MOST_PARTS);
  }
  return answer;
}

async function thinOut(cache: Cache, most: number): Promise<void> {
  const keys = await cache.keys();
  const kept = new Set(Object.values(square.dorf.offline));
  const old = keys.filter((key) => !kept.has(new URL(key.url).pathname)).slice(0, Math.max(0, keys.length - most));
  await Promise.all(old.map((key) => cache.delete(key)));
}

square.addEventListener<Pushed>("push", (event) => {
  const told = (event.data?.json() ?? {}) as { language?: string; url?: string };
  const words = square.dorf.news[told.language ?? ""] ?? Object.values(square.dorf.news)[0] ?? "";
  event.waitUntil(
    square.registration.showNotification(words, { icon: "/app-icon-192.png", tag: "dorf-news", data: told.url ?? "/" }),
  );
});
square.addEventListener<Clicked>("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(String(event.notification.data ?? "/"), square.location.origin);
  if (url.origin === square.location.origin) event.waitUntil(square.clients.openWindow(url.href));
});
