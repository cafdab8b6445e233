import type { GeoJSONSource, Map, MapMouseEvent, Popup } from "maplibre-gl";
import { baseOf, sayWhose } from "./base";
import { boxOf, NO_AREAS, NO_ENTRIES, type Areas, type Entries, type Entry } from "./data";
import { CALM, DARK, fetchJson, loadLibrary, readBox, say, whenSeen, type Library } from "./loading";
import { drawPins, pinName } from "./pins";
import { popupContent } from "./popup";
import { resultsStyle } from "./style";
import { tokensOf } from "./tokens";

const CLOSEST_ZOOM = 16;
const REACH_PX = 6;

/** The results on a map, in step with the list beside it. */
export class DorfMap extends HTMLElement {
  #library: Library | undefined;
  #map: Map | undefined;
  #popup: Popup | undefined;
  #entries: Entries = NO_ENTRIES;
  #areas: Areas = NO_AREAS;
  #lit = "";
  #latest = 0;
  #isNarrowed = false;
  readonly #gone = new AbortController();

  connectedCallback(): void {
    if (this.#map) return;
    void whenSeen(this).then(() => this.#start()).catch((error: unknown) => this.#fail(error));
  }

  disconnectedCallback(): void {
    this.#gone.abort();
    this.#map?.remove();
  }

  async #start(): Promise<void> {
    const outlines = this.dataset["outlinesUrl"];
    this.#catchUp();
    const [library, areas, entries] = await Promise.all([
      loadLibrary(this),
      outlines ? fetchJson<Areas>(outlines) : NO_AREAS,
      fetchJson<Entries>(this.dataset["url"] ?? ""),
    ]);
    this.#library = library;
    this.#areas = areas;
    this.#take(entries);
    this.#map = this.#makeMap(library);
    sayWhose(this);
    this.#listen(this.#map);
    // Not "load": that waits until the areas are painted, and the entries would come a second later.
    await this.#map.once("style.load");
    await this.#draw();
    this.dataset["ready"] = "";
    this.#count();
    this.#followSwap();
  }

  /** On a phone the list may have been exchanged before the map came into view for the first time. */
  #catchUp(): void {
    const url = this.#wanted();
    if (url === this.dataset["url"]) return;
    this.dataset["url"] = url;
    delete this.dataset["bbox"];
    this.#isNarrowed = true;
  }

  /** Where the list beside the map says that its points come from. */
  #wanted(): string {
    return document.querySelector<HTMLElement>("[data-map-url]")?.dataset["mapUrl"] ?? this.dataset["url"] ?? "";
  }

  #makeMap({ Map, NavigationControl }: Library): Map {
    const box = readBox(this.dataset["bbox"]) ?? (this.#isNarrowed ? boxOf(this.#entries) : undefined) ?? boxOf(this.#entries, this.#areas);
    const words = this.dataset;
    const map = new Map({
      container: this,
      style: this.#style(),
      ...(box ? { bounds: box } : { center: [6, 51.8], zoom: 9 }),
      fitBoundsOptions: { padding: 36, maxZoom: CLOSEST_ZOOM },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      maxZoom: 19,
      fadeDuration: CALM.matches ? 0 : 200,
      locale: {
        "NavigationControl.ZoomIn": words["wordsZoomIn"] ?? "+",
        "NavigationControl.ZoomOut": words["wordsZoomOut"] ?? "−",
        "Popup.Close": words["wordsClose"] ?? "×",
        "Map.Title": words["wordsMap"] ?? "",
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    return map;
  }

  #style() {
    return resultsStyle({ tokens: tokensOf(this), areas: this.#areas, here: this.dataset["here"] ?? "", base: baseOf(this, this.#areas, this.#library) });
  }

  #take(entries: Entries): void {
    for (const { properties } of entries.features) Object.assign(properties, { pin: pinName(properties) });
    this.#entries = entries;
    say(this, entries.features.length ? "" : (this.dataset["wordsEmpty"] ?? ""));
  }

  /** First the pictures of the pins, then the entries: the library would miss what it does not know. */
  async #draw(): Promise<void> {
    const entries = this.#entries;
    if (this.#map) await drawPins(this.#map, this, entries);
    this.#source("entries")?.setData(entries);
  }

  #listen(map: Map): void {
    const { signal } = this.#gone;
    map.on("click", (event) => this.#open(event));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout", () => this.light(""));
    map.on("moveend", (event) => {
      this.#count();
      if (event.originalEvent) this.#offerSearch();
    });
    DARK.addEventListener("change", () => this.#repaint(), { signal });
    document.addEventListener("dorf:results", (event) => this.#show((event as CustomEvent<{ url: string }>).detail.url), { signal });
    document.addEventListener("htmx:after:swap", () => this.#followSwap(), { signal });
    for (const kind of ["pointerover", "focusin"])
      document.addEventListener(kind, (event) => this.#follow(event), { signal });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#popup) return;
      this.#popup.remove();
      map.getCanvas().focus();
    });
  }

  /** An entry of the list under the pointer or with the focus lights its pin. */
  #follow(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    if (target && this.contains(target)) return;
    this.light(target?.closest<HTMLElement>("[data-entry]")?.dataset["entry"] ?? "", false);
  }

  /** Light one entry, here and in the list; "" puts the light out. */
  light(id: string, alsoInList = true): void {
    if (id === this.#lit) return;
    this.#lit = id;
    const found = this.#entries.features.filter(({ properties }) => properties.id === id);
    this.#source("lit")?.setData({ type: "FeatureCollection", features: found });
    for (const card of document.querySelectorAll<HTMLElement>("[data-entry]"))
      card.classList.toggle("is-lit", alsoInList && id !== "" && card.dataset["entry"] === id);
  }

  #source(name: string): GeoJSONSource | undefined {
    return this.#map?.getSource<GeoJSONSource>(name);
  }

  #at({ point }: MapMouseEvent) {
    const box: [[number, number], [number, number]] = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    return this.#map?.queryRenderedFeatures(box, { layers: ["clusters", "pins"] }) ?? [];
  }

  #hover(event: MapMouseEvent): void {
    const found = this.#at(event)[0];
    this.#map?.getCanvas().classList.toggle("is-over", found !== undefined);
    this.light(String(found?.properties["id"] ?? ""));
  }

  #open(event: MapMouseEvent): void {
    const found = this.#at(event);
    const cluster = found.find(({ properties }) => properties["cluster"]);
    if (cluster) return void this.#openCluster(cluster);
    const ids = new Set(found.map(({ properties }) => properties["id"] as string));
    const entries = this.#entries.features.filter(({ properties }) => ids.has(properties.id));
    if (entries[0]) this.#showPopup(entries, entries[0]);
  }

  async #openCluster(cluster: GeoJSON.Feature): Promise<void> {
    const [lon = 0, lat = 0] = (cluster.geometry as GeoJSON.Point).coordinates;
    const id = cluster.properties?.["cluster_id"] as number;
    const zoom = await this.#source("entries")?.getClusterExpansionZoom(id);
    this.#map?.easeTo({ center: [lon, lat], zoom: Math.min((zoom ?? CLOSEST_ZOOM) + 0.3, CLOSEST_ZOOM), animate: !CALM.matches });
  }

  #showPopup(entries: Entry[], { geometry, properties }: Entry): void {
    if (!this.#library || !this.#map) return;
    this.#popup?.remove();
    const [lon = 0, lat = 0] = geometry.coordinates;
    this.#popup = new this.#library.Popup({ maxWidth: "19rem", offset: 16, focusAfterOpen: true })
      .setLngLat([lon, lat])
      .setDOMContent(popupContent(entries, this.dataset))
      .addTo(this.#map);
    this.#popup.on("close", () => this.light(""));
    this.light(properties.id);
    document.querySelector(`[data-entry="${CSS.escape(properties.id)}"]`)?.scrollIntoView({
      block: "nearest",
      behavior: CALM.matches ? "auto" : "smooth",
    });
  }

  /** The list was exchanged: its fragment says where the points now come from. */
  #followSwap(): void {
    const url = this.#wanted();
    if (url !== this.dataset["url"]) void this.#show(url);
  }

  async #show(url: string): Promise<void> {
    this.dataset["url"] = url;
    const turn = ++this.#latest;
    try {
      const entries = await fetchJson<Entries>(url);
      if (turn !== this.#latest) return;
      this.#popup?.remove();
      this.#take(entries);
      await this.#draw();
      const box = boxOf(entries);
      if (box && !new URL(url, document.baseURI).searchParams.has("bbox"))
        this.#map?.fitBounds(box, { padding: 48, maxZoom: CLOSEST_ZOOM - 1, animate: !CALM.matches });
      this.#count();
    } catch (error) {
      this.#fail(error);
    }
  }

  #repaint(): void {
    this.#map?.setStyle(this.#style(), { diff: false });
    void this.#map?.once("style.load").then(() => this.#draw());
  }

  /** Says how many results are in view, for those who look and for those who listen. */
  #count(): void {
    const bounds = this.#map?.getBounds();
    if (!bounds || !this.#entries.features.length) return;
    const count = this.#entries.features.filter(({ geometry: { coordinates } }) =>
      bounds.contains([coordinates[0] ?? 0, coordinates[1] ?? 0]),
    ).length;
    const words = count === 1 ? this.dataset["wordsOne"] : this.dataset["wordsMany"];
    this.#corner().textContent = (words ?? "{count}").replace("{count}", String(count));
  }

  #corner(): HTMLElement {
    const existing = this.querySelector<HTMLElement>(".map-count");
    if (existing) return existing;
    const corner = Object.assign(document.createElement("p"), { className: "map-count" });
    corner.setAttribute("role", "status");
    this.append(corner);
    return corner;
  }

  #offerSearch(): void {
    if (this.dataset["target"] === undefined || this.querySelector(".map-search")) return;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button map-search",
      textContent: this.dataset["wordsSearch"] ?? "",
    });
    button.addEventListener("click", () => {
      button.remove();
      this.#searchHere();
    });
    this.append(button);
  }

  #searchHere(): void {
    const bounds = this.#map?.getBounds();
    if (!bounds) return;
    const url = new URL(window.location.href);
    url.searchParams.set("bbox", bounds.toArray().flat().map((value) => value.toFixed(5)).join(","));
    url.searchParams.delete("page");
    const address = url.pathname + url.search;
    const target = this.dataset["target"];
    if (!target || !window.htmx) return window.location.assign(address);
    void window.htmx
      .ajax("GET", address, { source: target, target, select: `${target} > *`, swap: "innerMorph", push: address })
      .catch(() => window.location.assign(address));
  }

  #fail(error: unknown): void {
    console.warn(error);
    say(this, this.dataset["wordsError"] ?? "");
  }
}
