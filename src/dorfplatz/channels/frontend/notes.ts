import { say, word } from "./words";

/** The button “Notes on this device”: the browser asks for permission after the click, never before. */
export function chooseNotes(): void {
  const part = document.querySelector<HTMLElement>("[data-push-key]");
  if (!part || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  part.hidden = false;
  void navigator.serviceWorker.getRegistration("/").then(async (worker) => show(part, Boolean(await worker?.pushManager.getSubscription())));
  part.querySelector("[data-push-on]")?.addEventListener("click", () => void begin(part));
  part.querySelector("[data-push-off]")?.addEventListener("click", () => void end(part));
}

function show(part: HTMLElement, isOn: boolean): void {
  for (const one of part.querySelectorAll<HTMLElement>("[data-when]")) one.hidden = one.dataset["when"] !== (isOn ? "on" : "off");
}

async function begin(part: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") return say(word("denied"));
  try {
    const worker = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const told = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: part.dataset["pushKey"] ?? "" });
    const { keys } = told.toJSON();
    const answer = await post(part, part.dataset["urlOn"] ?? "", { endpoint: told.endpoint, p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(part, true);
  } catch {
    say(word("denied"));
  }
}

async function end(part: HTMLElement): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const told = await worker?.pushManager.getSubscription();
  if (told) {
    await post(part, part.dataset["urlOff"] ?? "", { endpoint: told.endpoint });
    await told.unsubscribe();
  }
  show(part, false);
}

function post(part: HTMLElement, url: string, fields: Record<string, string>): Promise<Response> {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", part.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "");
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return fetch(url, { method: "POST", body: data });
}
