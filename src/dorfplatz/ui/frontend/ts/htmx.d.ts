/** The little of htmx that our own scripts call; it is loaded by site.ts and found on the window. */
interface Htmx {
  config: { history: boolean | "reload" };
  ajax(verb: string, path: string, context: Record<string, unknown>): Promise<void>;
}

interface Window {
  htmx?: Htmx;
}

declare module "htmx.org/dist/htmx.esm.js" {
  const htmx: Htmx;
  export default htmx;
}
