// Lighthouse on the demonstration's home, list and entry page, in German and Dutch, as a phone sees them: the median of
// five runs each. Starts a square of its own; writes a table, and JSON to var/bench/lighthouse.json. Exit code 1 where a
// figure is below the goal.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const GOAL = 95;
const RUNS = Number(process.env["RUNS"] ?? 5);
const PORT = Number(process.env["PORT"] ?? 8799);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const out = join(root, "var", "bench");
const origin = `http://localhost:${PORT}`;
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

const median = (some) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)];

async function opened() {
  const server = spawn(join(root, ".venv", "bin", "dorfplatz"), ["run", "--demo", "--port", String(PORT)], {
    env: { ...process.env, DORFPLATZ_HOME: join(out, "lighthouse-home") },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false)) return server;
    await new Promise((done) => setTimeout(done, 500));
  }
  server.kill();
  throw new Error("The square did not open within two minutes.");
}

async function pages() {
  const map = await fetch(`${origin}/api/v1/map.geojson`, { headers: { "accept-language": "de" } });
  const entry = (await map.json()).features.map(({ properties }) => new URL(properties.url, origin).pathname).sort()[0];
  return ["de", "nl"].flatMap((language) => [
    [`home ${language}`, `/${language}/`],
    [`list ${language}`, language === "de" ? "/de/karte/" : "/nl/kaart/"],
    [`entry ${language}`, entry.replace(/^\/\w+/, `/${language}`)],
  ]);
}

async function once(url, port) {
  const { lhr } = await lighthouse(url, { port, onlyCategories: CATEGORIES, logLevel: "error" });
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const failing = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9).map((a) => a.id);
  return { scores: CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100)), failing };
}

if (!chromium) {
  console.error("Chromium is missing (Debian, Ubuntu: apt-get install chromium).");
  process.exit(2);
}
await mkdir(out, { recursive: true });
const server = await opened();
const chrome = await launch({ chromePath: chromium, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
const rows = [];
try {
  console.log(["page".padEnd(10), ...CATEGORIES].join("  "));
  for (const [name, path] of await pages()) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await once(origin + path, chrome.port));
    const scores = CATEGORIES.map((_, at) => median(runs.map((run) => run.scores[at])));
    const failing = [...new Set(runs.flatMap((run) => run.failing))].sort();
    rows.push({ page: name, path, runs: RUNS, scores: Object.fromEntries(CATEGORIES.map((c, at) => [c, scores[at]])), failing });
    console.log([name.padEnd(10), ...scores.map((s, at) => String(s).padStart(CATEGORIES[at].length))].join("  "));
  }
} finally {
  chrome.kill();
  server.kill("SIGTERM");
}
const short = rows.filter((row) => Object.values(row.scores).some((score) => score < GOAL));
await writeFile(join(out, "lighthouse.json"), JSON.stringify({ cores: cpus().length, node: process.version, rows }, null, 1));
for (const row of rows) if (row.failing.length) console.log(`${row.page} could be better: ${row.failing.join(", ")}`);
for (const row of short) console.log(`${row.page} is below ${GOAL}`);
process.exit(short.length ? 1 : 0);
