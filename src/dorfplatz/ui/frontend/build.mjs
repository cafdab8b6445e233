// Builds what a browser loads into ../static/ui/build: styles, small behaviours, the map, fonts and the icon sprite.
import { build } from "esbuild";
import { access, copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const apps = join(here, "..", "..");
const root = join(apps, "..", "..");
const out = join(here, "..", "static", "ui", "build");
const modules = join(root, "node_modules");

const exists = (path) => access(path).then(() => true, () => false);

/** Files `src/dorfplatz/<app>/frontend/<app>.<ending>` of the other apps, in order of name. */
async function ofApps(ending) {
  const names = (await readdir(apps, { withFileTypes: true })).filter((d) => d.isDirectory()).map((d) => d.name).sort();
  const found = [];
  for (const name of names) {
    const path = join(apps, name, "frontend", `${name}.${ending}`);
    if (name !== "ui" && (await exists(path))) found.push({ name, path });
  }
  return found;
}

async function styles() {
  const rooms = (await ofApps("css")).map(({ path }) => `@import ${JSON.stringify(path)} layer(rooms);`);
  const parts = (await readdir(join(here, "css", "parts"))).sort().map((f) => `@import "./css/parts/${f}" layer(parts);`);
  const contents = [
    "@layer tokens, base, layout, parts, rooms, print;",
    ...["tokens", "base", "layout"].map((f) => `@import "./css/${f}.css" layer(${f});`),
    ...parts,
    ...rooms,
    '@import "./css/print.css" layer(print);',
  ].join("\n");
  await bundle({ stdin: { contents, resolveDir: here, loader: "css" }, outfile: join(out, "site.css") });
  await bundle({ entryPoints: [join(here, "css", "map.css")], outfile: join(out, "map.css") });
}

const bundle = (options) =>
  build({
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17.5"],
    external: ["*.woff2"],
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: root,
    ...options,
  }).then((result) => {
    if (result.warnings.length) throw new Error(`${result.warnings.length} warnings in ${options.outfile}`);
  });

async function scripts() {
  const entries = { site: join(here, "ts", "site.ts"), map: join(here, "ts", "map.ts"), writer: join(here, "ts", "writer.ts") };
  for (const { name, path } of await ofApps("ts")) entries[name] = path;
  // Service workers: `<app>.worker.ts` becomes `<app>-worker.js`.
  for (const { name, path } of await ofApps("worker.ts")) entries[`${name}-worker`] = path;
  await bundle({ entryPoints: entries, outdir: out });
  await bundle({
    entryPoints: {
      "map-library": join(here, "ts", "map", "library.ts"),
      "map-worker": join(modules, "maplibre-gl", "dist", "maplibre-gl-worker.mjs"),
    },
    outdir: out,
  });
}

async function fonts() {
  await mkdir(join(out, "fonts"), { recursive: true });
  const files = {
    "reading.woff2": "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "reading-italic.woff2": "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2",
    "reading-ext.woff2": "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "display.woff2": "fraunces/files/fraunces-latin-wght-normal.woff2",
    "display-ext.woff2": "fraunces/files/fraunces-latin-ext-wght-normal.woff2",
  };
  for (const [name, source] of Object.entries(files))
    await copyFile(join(modules, "@fontsource-variable", source), join(out, "fonts", name));
}

/** Type for paper: whole fonts in single weights, of which the press puts only the letters used into a document. */
async function paperFonts() {
  const target = join(apps, "press", "fonts");
  await mkdir(target, { recursive: true });
  const cuts = {
    "atkinson-hyperlegible-next": ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"],
    fraunces: ["400Regular_Italic", "600SemiBold", "700Bold"],
    "noto-sans": ["400Regular", "700Bold"],
    "noto-sans-arabic": ["400Regular", "700Bold"],
    "noto-sans-hebrew": ["400Regular", "700Bold"],
  };
  for (const [family, names] of Object.entries(cuts))
    for (const name of names) {
      const folder = join(modules, "@expo-google-fonts", family, name);
      for (const file of (await readdir(folder)).filter((f) => f.endsWith(".ttf"))) await copyFile(join(folder, file), join(target, file));
    }
}

async function icons() {
  const list = await readFile(join(here, "icons.txt"), "utf8");
  const names = list.split("\n").map((line) => line.split("#")[0].trim()).filter(Boolean);
  const symbols = [];
  const shapes = JSON.parse(await readFile(join(here, "shapes.json"), "utf8"));
  for (const [name, d] of Object.entries(shapes))
    symbols.push(`<symbol id="shape-${name}" viewBox="0 0 32 32" fill="currentColor"><path d="${d}"/></symbol>`);
  for (const name of names) {
    const svg = await readFile(join(modules, "lucide-static", "icons", `${name}.svg`), "utf8");
    const body = svg.replace(/<!--.*?-->/s, "").replace(/^.*?<svg[^>]*>/s, "").replace("</svg>", "").replace(/\s+/g, " ").replace(/> </g, "><").trim();
    symbols.push(
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`,
    );
  }
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([styles(), scripts(), fonts(), paperFonts(), icons()]);
