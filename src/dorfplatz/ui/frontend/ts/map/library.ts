/**
 * The map library, fetched only when a map comes into view: a phone that shows the list never loads it.
 * Built as a file of its own whose hashed address stands in `data-library`.
 */
export { Map, Marker, NavigationControl, Popup, LngLatBounds, addProtocol, setWorkerUrl } from "maplibre-gl";
export { Protocol } from "pmtiles";
