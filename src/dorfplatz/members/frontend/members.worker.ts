/** Works out the sum of a turnstile: tries numbers until the SHA-256 of the salt with the number is the one asked for. */

interface Asked { readonly salt: string; readonly challenge: string; readonly most: number }

// FIPS 180-4: the first 32 bits of the fractional parts of the cube and square roots of the first primes.
const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const w = new Int32Array(64);
const state = new Int32Array(8);

/** One block of a text mixed into `state`. */
function round(block: Int32Array): void {
  w.set(block);
  for (let i = 16; i < 64; i++) {
    const p = w[i - 15]!, q = w[i - 2]!;
    const s0 = ((p >>> 7) | (p << 25)) ^ ((p >>> 18) | (p << 14)) ^ (p >>> 3);
    const s1 = ((q >>> 17) | (q << 15)) ^ ((q >>> 19) | (q << 13)) ^ (q >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    h = g;
    g = f;
    f = e;
    e = (d + t) | 0;
    d = c;
    c = b;
    b = a;
    a = (t + s0 + ((b & c) ^ (b & d) ^ (c & d))) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The digest of a plain text, in `state`. */
function digest(text: string): Int32Array {
  const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16);
  for (let at = 0; at < text.length; at++) words[at >> 2]! |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  words[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  words[words.length - 1] = text.length * 8;
  state.set(START);
  for (let from = 0; from < words.length; from += 16) round(words.subarray(from, from + 16));
  return state;
}

const worker = self as unknown as {
  postMessage(found: number): void;
  addEventListener(name: "message", hear: (event: MessageEvent<Asked>) => void): void;
};

worker.addEventListener("message", ({ data: { salt, challenge, most } }) => {
  const wanted = Int32Array.from({ length: 8 }, (_, at) => parseInt(challenge.slice(at * 8, at * 8 + 8), 16));
  for (let number = 0; number <= most; number++)
    if (digest(`${salt}${number}`).every((word, at) => word === wanted[at])) return worker.postMessage(number);
  worker.postMessage(-1);
});
