/** Installing, reading without a network, and drafts that wait for it. */
import { guardDrafts } from "./drafts";
import { chooseNotes } from "./notes";
import { OfflineShelf, sayWhenThisIsACopy } from "./offline";

const WORKER = "/sw.js";

if (window.matchMedia("(display-mode: standalone)").matches && "serviceWorker" in navigator)
  // Whoever has put the square on the home screen has chosen to have it there.
  void caches.open("dorf-pages").then(() => navigator.serviceWorker.register(WORKER)).catch(() => undefined);

customElements.define("dorf-offline", OfflineShelf);
sayWhenThisIsACopy();
guardDrafts();
chooseNotes();
