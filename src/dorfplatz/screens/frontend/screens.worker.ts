/** Answers for a screen when the network does not: with its page and parts as the page itself has kept them. */
interface Lasting extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetching extends Event { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Square {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<E extends Event>(name: string, hear: (event: E) => void): void;
}

const square = self as unknown as Square;
const KEPT = "dorf-screen";
const PATIENCE_MS = 10_000;

square.addEventListener<Lasting>("install", (event) => event.waitUntil(square.skipWaiting()));
square.addEventListener<Lasting>("activate", (event) => event.waitUntil(square.clients.claim()));
square.addEventListener<Fetching>("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== square.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (/^\/(static|look|media)\//.test(url.pathname)) event.respondWith(part(request));
});

async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return answer;
  } catch {
    // The network is away: what was kept is shown.
  }
  return (await kept(request)) ?? Response.error();
}

async function part(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

const kept = async (request: Request): Promise<Response | undefined> => (await caches.open(KEPT)).match(request, { ignoreVary: true });
export {};
