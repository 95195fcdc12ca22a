import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** A folder may import from lower layers, or from itself. Files beside the folders are named with `.ts`. */
const LAYERS: Readonly<Record<string, number>> = {
  base: 0,
  domain: 1,
  kernel: 2,
  targets: 2,
  geo: 2,
  solvers: 3,
  view: 3,
  rules: 4,
  objectives: 4,
  problem: 5,
  compile: 6,
  audit: 6,
  "version.ts": 0,
  // Questions about plans are answered by allocating again.
  plans: 7.5,
  "allocate.ts": 7,
  "checks.ts": 7,
  frontier: 8,
  explain: 8,
  decisions: 8,
  report: 9,
  "index.ts": 10,
};

/** Packages with the only places that may import them. */
const SOLE_USERS: Readonly<Record<string, RegExp>> = {
  "javascript-lp-solver": /^solvers\/lp-engine\.ts$|^kernel\/lp-engine\.ts$/,
  highs: /^solvers\/highs\.ts$/,
  "@turf/distance": /^geo\//,
  canonicalize: /^base\/hash\.ts$/,
  "@noble/hashes/sha2.js": /^base\/hash\.ts$/,
  "@noble/hashes/utils.js": /^base\/hash\.ts$/,
  "fastest-levenshtein": /^problem\//,
  "csv-parse/sync": /^problem\/importers\//,
  "csv-parse/browser/esm/sync": /^problem\/importers\//,
  "csv-stringify/sync": /^report\//,
  "csv-stringify/browser/esm/sync": /^report\//,
  "d3-delaunay": /^report\/|^geo\//,
  "d3-geo": /^report\//,
  "write-excel-file": /^report\//,
  geojson: /./,
  zod: /./,
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));

const importsOf = (file: string): readonly string[] => {
  const text = readFileSync(join(SRC, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)";/gm);
  const dynamic = text.matchAll(/\bimport\("([^"]+)"\)/g);
  return [...statements, ...dynamic].map((match) => match[1] ?? "");
};

const localImports = (file: string): readonly string[] =>
  importsOf(file)
    .filter((target) => target.startsWith("."))
    .map((target) =>
      normalize(join(dirname(file), target))
        .replaceAll("\\", "/")
        .replace(/\.js$/, ".ts"),
    );

const topOf = (file: string): string => file.split("/")[0] ?? "";

describe("the layers", () => {
  it("knows every folder of src", () => {
    expect(files.filter((file) => LAYERS[topOf(file)] === undefined)).toEqual([]);
  });

  it("imports only downwards, or inside one folder", () => {
    const upwards = files.flatMap((file) =>
      localImports(file)
        .filter((target) => topOf(target) !== topOf(file))
        .filter((target) => (LAYERS[topOf(target)] ?? 99) >= (LAYERS[topOf(file)] ?? -1))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upwards).toEqual([]);
  });

  it("has no cycle", () => {
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...path, file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const target of localImports(file)) visit(target, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("keeps kinds apart: no rule imports a rule, no objective an objective", () => {
    const shared = new Set(["rules/rule.ts", "objectives/objective.ts"]);
    const crossing = files
      .filter(
        (file) => ["rules", "objectives"].includes(topOf(file)) && !file.endsWith("/kinds.ts") && !shared.has(file),
      )
      .flatMap((file) =>
        localImports(file)
          .filter((target) => ["rules", "objectives"].includes(topOf(target)) && !shared.has(target))
          .map((target) => `${file} -> ${target}`),
      );
    expect(crossing).toEqual([]);
  });

  it("keeps the audit free of kernel, solvers and compile", () => {
    const leaning = files
      .filter((file) => topOf(file) === "audit")
      .flatMap((file) =>
        localImports(file).filter((target) => ["kernel", "solvers", "compile"].includes(topOf(target))),
      );
    expect(leaning).toEqual([]);
  });

  it("imports packages only where they belong, and nothing of node", () => {
    const misplaced = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !target.startsWith("."))
        .filter((target) => !(SOLE_USERS[target]?.test(file) ?? false))
        .map((target) => `${file} -> ${target}`),
    );
    expect(misplaced).toEqual([]);
  });

  it("reads the clock in one file, and no randomness, environment or console anywhere", () => {
    const clock = files.filter((file) =>
      /performance\.now|Date\.now|new Date\(\)/.test(readFileSync(join(SRC, file), "utf8")),
    );
    const forbidden = files.filter((file) =>
      /Math\.random|process\.|console\./.test(readFileSync(join(SRC, file), "utf8")),
    );
    expect(clock).toEqual(["base/clock.ts"]);
    expect(forbidden).toEqual([]);
  });
});
