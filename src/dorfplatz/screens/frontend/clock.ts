/** The villages' time, whatever the device takes for its zone. */
export class Clock {
  private readonly hours: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;
  private readonly moments: Intl.DateTimeFormat;
  private readonly parts: Intl.DateTimeFormat;

  constructor(timeZone: string, language: string) {
    this.hours = new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit" });
    this.days = new Intl.DateTimeFormat(language, { timeZone, weekday: "long", day: "numeric", month: "long" });
    this.moments = new Intl.DateTimeFormat(language, { timeZone, weekday: "long", hour: "2-digit", minute: "2-digit" });
    this.parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  }

  /** “2026-11-28”, some days later than that moment's. */
  day(now: number, later = 0): string {
    const today = this.parts.format(now).slice(0, 10);
    return later ? new Date(Date.parse(`${today}T12:00:00Z`) + later * 86_400_000).toISOString().slice(0, 10) : today;
  }

  said(moment: number): string {
    return this.moments.format(moment);
  }

  isNight(now: number, from: string | undefined, until: string | undefined): boolean {
    if (!from || !until) return false;
    const [hour, begins, ends] = [Number(this.parts.format(now).slice(11, 13)), Number(from), Number(until)];
    return begins < ends ? hour >= begins && hour < ends : hour >= begins || hour < ends;
  }

  show(now: number): void {
    write("[data-clock]", this.hours.format(now));
    write("[data-date]", this.days.format(now));
  }
}

function write(where: string, words: string): void {
  const place = document.querySelector(where);
  if (place && place.textContent !== words) place.textContent = words;
}
