/** Islands of pages with a map: <dorf-map> shows results, <dorf-point> chooses a point. */
import { DorfMap } from "./map/results";
import { DorfPoint } from "./map/point";

customElements.define("dorf-map", DorfMap);
customElements.define("dorf-point", DorfPoint);
