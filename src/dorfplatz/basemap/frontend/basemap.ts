/** <dorf-address>: a street is chosen, then a number, and the point of the form is there. The list is the site's own. */
type Chosen = Record<"key" | "street" | "number" | "postcode" | "place" | "lat" | "lon", string | undefined>;

class DorfAddress extends HTMLElement {
  #street = "";
  readonly #ours = new Map<HTMLInputElement, string>();

  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("input[data-suggests]");
    if (!field) return;
    field.addEventListener("dorf:choose", (event) => this.#take(field, (event as CustomEvent<Chosen>).detail));
    // Before the list asks: a street that is no longer there is no longer chosen.
    field.addEventListener("input", () => {
      if (this.#street && !field.value.startsWith(this.#street)) this.#ask(field, "", "");
    }, { capture: true });
    // Enter belongs to the list here, not to the form.
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  #take(field: HTMLInputElement, chosen: Chosen): void {
    const { key = "", street = "", number = "", postcode = "", place = "" } = chosen;
    this.#write("lat", Number(chosen.lat).toFixed(5));
    this.#write("lon", Number(chosen.lon).toFixed(5));
    this.#offer("street", `${street} ${number}`.trim());
    this.#offer("postcode", postcode);
    this.#offer("place", place);
    if (number) {
      field.value = `${street} ${number}`;
      this.#ask(field, "", "");
    } else {
      field.value = `${street} `;
      this.#ask(field, street, key.replace("street-", ""));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #ask(field: HTMLInputElement, street: string, id: string): void {
    this.#street = street;
    field.dataset["suggests"] = `${this.dataset["url"] ?? ""}${id ? `?street=${id}` : ""}`;
  }

  #input(name: string): HTMLInputElement | null {
    const found = document.getElementById(this.dataset[name] ?? "");
    return found instanceof HTMLInputElement ? found : null;
  }

  #write(name: string, value: string): void {
    const input = this.#input(name);
    if (!input) return;
    input.value = value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What somebody typed stays; what came from here follows. */
  #offer(name: string, value: string): void {
    const input = this.#input(name);
    if (!input || (input.value !== "" && input.value !== this.#ours.get(input))) return;
    input.value = value;
    this.#ours.set(input, value);
  }
}

customElements.define("dorf-address", DorfAddress);
