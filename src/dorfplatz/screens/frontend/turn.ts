/** Which slide stands: only those that fit the day and the hour have their turn. */
import type { Clock } from "./clock";

export class Turn {
  isHeld = false;
  isTooOld = false;
  private at = -1;

  constructor(private readonly stage: HTMLElement, private readonly clock: Clock) {}

  /** What is new takes the place of what there was. */
  replace(slides: readonly Node[]): void {
    this.stage.replaceChildren(...slides);
    for (const slide of this.slides) slide.hidden = true;
    this.at = Math.min(this.at, this.slides.length) - 1;
    this.go(1, Date.now());
  }

  /** Puts the next one on the stage, or the one before. */
  go(step: number, now: number): void {
    const slides = this.slides;
    const fitting = slides.map((slide) => this.fits(slide, now));
    let next = this.at;
    for (let tried = 0; tried < slides.length; tried++) {
      next = (next + step + slides.length) % slides.length;
      if (fitting[next]) break;
    }
    this.at = fitting[next] ? next : -1;
    slides.forEach((slide, number) => { slide.hidden = number !== this.at; });
  }

  stillFits(now: number): boolean {
    const slide = this.slides[this.at];
    return slide !== undefined && this.fits(slide, now);
  }

  private get slides(): HTMLElement[] {
    return [...this.stage.querySelectorAll<HTMLElement>("section")];
  }

  private fits(slide: HTMLElement, now: number): boolean {
    const { day, until, sort, ahead } = slide.dataset;
    if (this.isTooOld) return sort === "welcome";
    const [today, tomorrow] = [this.clock.day(now), this.clock.day(now, 1)];
    if (until && Number(until) * 1000 <= now) return false;
    if (day && day !== today && day !== tomorrow) return false;
    for (const word of slide.querySelectorAll<HTMLElement>("[data-when]")) word.hidden = (word.dataset["when"] === "today") !== (day === today);
    const lines = [...slide.querySelectorAll<HTMLElement>("li")];
    for (const line of lines)
      line.hidden = Number(line.dataset["until"]) * 1000 <= now || (ahead !== undefined && (line.dataset["day"] ?? "") <= tomorrow);
    return lines.length === 0 || lines.some((line) => !line.hidden);
  }
}
