/** The accent on the settings page: shows the colour at once and says whether it can be read. */

const GROUNDS = ["#fbf8f2", "#fffefb", "#f3ede1", "#ffffff"];
const LEAST = 4.5;

function luminance(colour: string): number {
  const channel = (from: number): number => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

class Accent extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input");
    if (!input) return;
    input.addEventListener("input", () => this.show(input.value));
    this.show(input.value);
  }

  private show(colour: string): void {
    const said = this.querySelector(".accent-said");
    if (!said || !/^#[0-9a-f]{6}$/i.test(colour)) return;
    const lowest = Math.min(...GROUNDS.map((ground) => contrast(colour, ground)));
    const isGood = lowest >= LEAST;
    this.style.setProperty("--chosen", colour);
    this.classList.toggle("is-pale", !isGood);
    const number = (Math.floor(lowest * 10) / 10).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 });
    said.textContent = ((isGood ? this.dataset.wordsGood : this.dataset.wordsPale) ?? "").replace("{n}", number);
  }
}

customElements.define("dorf-accent", Accent);
