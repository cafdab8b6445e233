/** A screen in a window: shows its slides in turn, by the villages' clock, and asks for news now and then. */
import { Clock } from "./clock";
import { Keeper } from "./keeper";
import { Turn } from "./turn";

const MINUTE = 60_000;
const ASKS_EVERY = 5 * MINUTE;
const QUIET_AFTER = 20 * MINUTE;
const TOO_OLD = 48 * 60 * MINUTE;
const RESTS_AFTER_TOUCH = MINUTE;

const said = document.body.dataset;
const clock = new Clock(said["zone"] ?? "Europe/Berlin", document.documentElement.lang);
const turn = new Turn(document.querySelector("main")!, clock);
const keeper = new Keeper(turn);
let turnedAt = 0;
let askedAt = 0;
let restsUntil = 0;

function tick(): void {
  const now = Date.now();
  clock.show(now);
  document.body.classList.toggle("is-night", clock.isNight(now, said["nightFrom"], said["nightUntil"]));
  if (now - askedAt >= ASKS_EVERY) {
    askedAt = now;
    void keeper.ask();
  }
  const silence = now - keeper.heardAt;
  sayWhenQuiet(silence > QUIET_AFTER ? clock.said(keeper.heardAt) : "");
  turn.isTooOld = silence > TOO_OLD;
  if (turn.isHeld || now < restsUntil) return;
  if (now - turnedAt < Number(said["seconds"] ?? "14") * 1000 && turn.stillFits(now)) return;
  turnedAt = now;
  turn.go(1, now);
}

function sayWhenQuiet(when: string): void {
  const line = document.querySelector<HTMLElement>("[data-quiet]");
  const words = when && (line?.dataset["quiet"] ?? "").replace("{when}", when);
  if (line && line.textContent !== words) line.textContent = words;
}

function touched(step: number): void {
  const now = Date.now();
  turnedAt = now;
  restsUntil = now + RESTS_AFTER_TOUCH;
  turn.go(step, now);
}

function hold(): void {
  turn.isHeld = !turn.isHeld;
  document.querySelector("[data-holds]")?.setAttribute("aria-pressed", String(turn.isHeld));
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
  if (button?.dataset["turns"]) touched(Number(button.dataset["turns"]));
  else if (button && "holds" in button.dataset) hold();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") touched(1);
  else if (event.key === "ArrowLeft") touched(-1);
});

document.documentElement.classList.add("screen-runs");
keeper.begin();
tick();
setInterval(tick, 1000);
