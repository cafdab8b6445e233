import type { Map, Marker } from "maplibre-gl";
import { baseOf, sayWhose } from "./base";
import { boxOf, NO_AREAS, type Areas } from "./data";
import { CALM, DARK, fetchJson, loadLibrary, readBox, say, whenSeen, type Library } from "./loading";
import { groundStyle } from "./style";
import { tokensOf } from "./tokens";

const DIGITS = 5; // about a metre
const STEP_PX = 8;
const NEAR_ZOOM = 15;
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
};

/** A pin to drag, or to move with the arrow keys, that writes into two inputs; typing there moves the pin. */
export class DorfPoint extends HTMLElement {
  #library: Library | undefined;
  #map: Map | undefined;
  #marker: Marker | undefined;
  #areas: Areas = NO_AREAS;
  readonly #gone = new AbortController();

  connectedCallback(): void {
    if (this.#map) return;
    void whenSeen(this).then(() => this.#start()).catch((error: unknown) => {
      console.warn(error);
      say(this, this.dataset["wordsError"] ?? "");
    });
  }

  disconnectedCallback(): void {
    this.#gone.abort();
    this.#map?.remove();
  }

  async #start(): Promise<void> {
    const outlines = this.dataset["outlinesUrl"];
    const [library, areas] = await Promise.all([loadLibrary(this), outlines ? fetchJson<Areas>(outlines) : NO_AREAS]);
    this.#library = library;
    this.#areas = areas;
    const map = this.#makeMap(library);
    this.#map = map;
    sayWhose(this);
    this.#marker = this.#makePin(library, map);
    this.#listen(map);
    await map.once("load");
    this.dataset["ready"] = "";
  }

  #makeMap({ Map, NavigationControl }: Library): Map {
    const at = this.#typed();
    const box = readBox(this.dataset["bbox"]) ?? boxOf(this.#areas);
    const map = new Map({
      container: this,
      style: this.#style(),
      ...(at ? { center: at, zoom: 14 } : box ? { bounds: box } : { center: [6, 51.8], zoom: 9 }),
      attributionControl: false,
      dragRotate: false,
      maxPitch: 0,
      maxZoom: 19,
      // A long form is scrolled over the map: the wheel belongs to the page.
      scrollZoom: false,
      keyboard: false,
      fadeDuration: CALM.matches ? 0 : 200,
      locale: {
        "NavigationControl.ZoomIn": this.dataset["wordsZoomIn"] ?? "+",
        "NavigationControl.ZoomOut": this.dataset["wordsZoomOut"] ?? "−",
        "Marker.Title": this.dataset["wordsPin"] ?? "",
        "Map.Title": this.dataset["wordsMap"] ?? "",
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.getCanvas().tabIndex = -1;
    return map;
  }

  #style() {
    return groundStyle({ tokens: tokensOf(this), areas: this.#areas, here: "", base: baseOf(this, this.#areas, this.#library) });
  }

  #makePin({ Marker }: Library, map: Map): Marker {
    const pin = document.createElement("button");
    pin.type = "button";
    pin.className = "map-point-pin";
    pin.setAttribute("aria-label", this.dataset["wordsPin"] ?? "");
    const marker = new Marker({ element: pin, draggable: true, anchor: "bottom" }).setLngLat(this.#typed() ?? map.getCenter()).addTo(map);
    pin.classList.toggle("is-unset", !this.#typed());
    marker.on("dragend", () => this.#write());
    pin.addEventListener("keydown", (event) => this.#step(event));
    return marker;
  }

  #listen(map: Map): void {
    const { signal } = this.#gone;
    map.on("click", ({ lngLat }) => {
      this.#marker?.setLngLat(lngLat);
      this.#write();
    });
    for (const input of this.#inputs()) input.addEventListener("change", () => this.#read(), { signal });
    DARK.addEventListener("change", () => map.setStyle(this.#style(), { diff: false }), { signal });
  }

  #step(event: KeyboardEvent): void {
    const zoom = { "+": 1, "-": -1 }[event.key];
    if (zoom) this.#map?.zoomTo(this.#map.getZoom() + zoom, { animate: !CALM.matches });
    const step = STEPS[event.key];
    if (!step || !this.#map || !this.#marker) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.#map.project(this.#marker.getLngLat());
    this.#marker.setLngLat(this.#map.unproject([at.x + step[0], at.y + step[1]]));
    if (!this.#map.getBounds().contains(this.#marker.getLngLat())) this.#map.panTo(this.#marker.getLngLat(), { animate: !CALM.matches });
    this.#write();
  }

  #inputs(): HTMLInputElement[] {
    return [this.dataset["lat"], this.dataset["lon"]]
      .map((id) => document.getElementById(id ?? ""))
      .filter((input): input is HTMLInputElement => input instanceof HTMLInputElement);
  }

  #typed(): [number, number] | undefined {
    const [lat, lon] = this.#inputs().map(({ value }) => (value.trim() === "" ? Number.NaN : Number(value.replace(",", "."))));
    if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return undefined;
    return [lon, lat];
  }

  #read(): void {
    const at = this.#typed();
    if (!at) return;
    this.#marker?.setLngLat(at);
    this.#marker?.getElement().classList.remove("is-unset");
    this.#map?.easeTo({ center: at, zoom: Math.max(this.#map.getZoom(), NEAR_ZOOM), animate: !CALM.matches });
  }

  #write(): void {
    const at = this.#marker?.getLngLat();
    const [lat, lon] = this.#inputs();
    if (!at || !lat || !lon) return;
    this.#marker?.getElement().classList.remove("is-unset");
    lat.value = at.lat.toFixed(DIGITS);
    lon.value = at.lng.toFixed(DIGITS);
    for (const input of [lat, lon]) input.dispatchEvent(new Event("input", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("dorf:point", { bubbles: true, detail: { lat: at.lat, lon: at.lng } }));
  }
}
