/** Passkeys: a form inside <dorf-passkey> is shown where the device has them; sending it asks the device first. */

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes: ArrayBuffer | null): string | null =>
  bytes &&
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

interface Listed {
  id: string;
  type: "public-key";
}

const listed = (all: Listed[] | undefined): PublicKeyCredentialDescriptor[] =>
  (all ?? []).map(({ id, type }) => ({ id: toBytes(id), type }));

/** What the square wrote, with bytes where the browser wants bytes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function readable(asked: any): CredentialCreationOptions & CredentialRequestOptions {
  const key = asked.publicKey;
  const bytes = { ...key, challenge: toBytes(key.challenge) };
  if (key.user) {
    const user = { ...key.user, id: toBytes(key.user.id) };
    return { publicKey: { ...bytes, user, excludeCredentials: listed(key.excludeCredentials) } };
  }
  return { publicKey: { ...bytes, allowCredentials: listed(key.allowCredentials) } };
}

/** What the device answered, as JSON. */
function written(answer: PublicKeyCredential): string {
  const said = answer.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const response: Record<string, string | null> = { clientDataJSON: toText(said.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"] as const)
    if (said[name]) response[name] = toText(said[name]);
  const { id, type } = answer;
  const clientExtensionResults = answer.getClientExtensionResults();
  return JSON.stringify({ id, rawId: toText(answer.rawId), type, response, clientExtensionResults });
}

class Passkey extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !window.PublicKeyCredential) return;
    this.hidden = false;
    document.querySelector(".passkey-not-here")?.setAttribute("hidden", "");
    form.addEventListener("submit", (event) => {
      const field = form.querySelector<HTMLInputElement>("input[name$=credential]");
      if (!field || field.value) return;
      event.preventDefault();
      this.ask().then(
        (answer) => {
          field.value = answer;
          form.submit();
        },
        () => this.say(),
      );
    });
  }

  private async ask(): Promise<string> {
    const { asked, asks } = this.dataset;
    const options = readable(asked ? JSON.parse(asked) : await (await fetch(asks ?? "")).json());
    const answer = await (asked ? navigator.credentials.create(options) : navigator.credentials.get(options));
    if (!(answer instanceof PublicKeyCredential)) throw new Error("no passkey");
    return written(answer);
  }

  private say(): void {
    const failed = this.querySelector<HTMLElement>(".passkey-failed");
    if (!failed) return;
    failed.textContent = this.dataset["wordsFailed"] ?? "";
    failed.hidden = false;
  }
}

customElements.define("dorf-passkey", Passkey);

/** A turnstile's sum: worked out beside the page; then what was sent goes on by itself. Without this one waits. */
class Turnstile extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const { works, salt, challenge, most } = this.dataset;
    if (!form || !works || !window.Worker) return;
    const worker = new Worker(works, { type: "module" });
    const ends = (): void => {
      worker.terminate();
      this.classList.remove("turnstile-working");
    };
    this.classList.add("turnstile-working");
    worker.addEventListener("error", ends);
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
      const field = form.querySelector<HTMLInputElement>("input[name=turnstile-number]");
      if (!field || data < 0) return ends();
      field.value = String(data);
      form.submit();
    });
    worker.postMessage({ salt, challenge, most: Number(most) });
  }
}

customElements.define("dorf-turnstile", Turnstile);
