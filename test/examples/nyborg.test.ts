import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "../../examples/support/folder.js";
import { readProblem } from "../../examples/support/read-problem.js";
import { verify } from "../../src/checks.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DATA = join(ROOT, "examples/nyborg/data");
const FILES = ["plan.json", "districts.csv", "placements.csv", "plan.geojson", "report.html"];

let scratch = "";
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "evenstead-"));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const example = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "examples/nyborg/run.ts", ...args],
    {
      cwd: ROOT,
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  return { status, stdout, stderr };
};

/** The example's tables with some texts replaced: [file, from, to]. */
const copyOfData = (name: string, changes: readonly (readonly [file: string, from: string, to: string])[]): string => {
  const folder = join(scratch, name);
  cpSync(DATA, folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  return folder;
};

/** The example with its first households alone, and neither decisions nor links: quickly proven, so that no time limit is met. */
const fewHouseholds = (name: string, households: number): string => {
  const folder = copyOfData(name, []);
  const keep = (file: string, rows: number) => {
    const lines = readFileSync(join(folder, file), "utf8").split("\n");
    writeFileSync(join(folder, file), `${lines.slice(0, rows + 1).join("\n")}\n`);
  };
  keep("households.csv", households);
  keep("decisions.csv", 0);
  keep("links.csv", 0);
  return folder;
};

describe("the Nyborg example", () => {
  it("has 31,933 residents in 19 parishes, 71 homes and 124 persons to house", () => {
    const problem = readProblem(readFolder(DATA));
    const total = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
    expect(problem.districts).toHaveLength(19);
    expect(total(problem.districts.map(({ population }) => population))).toBe(31_933);
    expect(total(problem.dwellings.map(({ count }) => count))).toBe(71);
    expect(total(problem.households.map(({ members }) => members.length))).toBe(124);
  });

  it("writes a plan that verifies, with every file, and tells a planner the outcome", () => {
    const out = join(scratch, "first");
    const started = performance.now();
    const { status, stdout, stderr } = example("--out", out);
    const seconds = (performance.now() - started) / 1000;
    expect(stderr).toBe("");
    expect(status).toBe(5);
    expect(seconds).toBeLessThan(20);
    expect(readdirSync(out).sort()).toEqual([".evenstead-output", ...FILES].sort());
    const plan = JSON.parse(readFileSync(join(out, "plan.json"), "utf8"));
    const check = verify(readProblem(readFolder(DATA)), plan);
    expect(check.ok).toBe(true);
    const unplaced = plan.unplaced.map(({ household }: { household: string }) => household);
    expect(unplaced).toEqual(expect.arrayContaining(["h11", "h42"]));
    expect(stdout).toContain(`${42 - unplaced.length} of 42 households`);
    expect(stdout).toContain("the dwelling may take 7");
    for (const file of FILES) expect(stdout).toContain(file);
    for (const name of ["Svindinge", "Hjulby", "h01", "h42"]) expect(stdout).toContain(name);
    const rows: string[][] = parse(readFileSync(join(out, "districts.csv"), "utf8").replace("\uFEFF", ""));
    expect(rows).toHaveLength(1 + 19 + 3);
    expect(statSync(join(out, "plan.json")).mode & 0o077).toBe(0);
  });

  it("writes the same bytes again over its own output, but for the seconds; in Danish and as JSON too", () => {
    const [one, two, folder] = [join(scratch, "one"), join(scratch, "two"), fewHouseholds("eleven", 11)];
    const first = example("--in", folder, "--out", one, "--lang", "da", "--json");
    example("--in", folder, "--out", two, "--lang", "da");
    const again = example("--in", folder, "--out", two, "--lang", "da", "--quiet");
    expect(again.status).toBe(5);
    expect(again.stdout).toContain("10 af 11 husstande");
    const { run, ...plan } = JSON.parse(first.stdout);
    // Where the limit cut a run short, how far it came would depend on the machine.
    expect(plan.outcome.status).not.toBe("time-limit");
    const { run: laterRun, ...later } = JSON.parse(readFileSync(join(two, "plan.json"), "utf8"));
    expect(later).toEqual(plan);
    expect({ ...laterRun, seconds: 0 }).toEqual({ ...run, seconds: 0 });
    for (const file of FILES.filter((name) => name !== "plan.json"))
      expect(readFileSync(join(two, file), "utf8")).toBe(readFileSync(join(one, file), "utf8"));
    expect(readFileSync(join(one, "report.html"), "utf8")).toContain('<html lang="da">');
  });

  it("leaves a folder alone that it did not write, unless forced, and keeps its other files", () => {
    const out = join(scratch, "mine");
    cpSync(join(DATA, "policy.json"), join(out, "notes.txt"));
    const refused = example("--out", out);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("nothing was written");
    expect(readdirSync(out)).toEqual(["notes.txt"]);
    expect(example("--in", fewHouseholds("two-only", 2), "--out", out, "--force", "--quiet").status).toBe(0);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(["notes.txt", ...FILES]));
  });

  it("names each of ten faults by file and row at once, writes nothing and ends with 3", () => {
    const bad = copyOfData("bad", [
      ["dwellings.csv", "u02,7724", "u02,77x4"],
      ["dwellings.csv", "2026-12-10", "2026-13-10"],
      ["dwellings.csv", "u03,7724,10.7876,55.3125", "u03,7724,55.3125,10.7876"],
      ["households.csv", "h03,58", "h03,580"],
      ["households.csv", "h02,31,2026-11-30,2026-08-20,ordinary", "h02,31,2026-11-30,2026-08-20,ordinery"],
      ["households.csv", "4300,no,,language-school:6", "-4300,no,,language-school:6"],
      ["quotas.csv", "school-froerup", "school-nowhere"],
      ["decisions.csv", "pin,h16", "pin,h99"],
      ["zones.csv", "oerbaek,Ørbæk", "nyborg,Ørbæk"],
      ["districts.csv", "7733,Vindinge,3350", "7733,Vindinge,many"],
    ]);
    const out = join(scratch, "none");
    const { status, stdout, stderr } = example("--in", bad, "--out", out);
    expect(status).toBe(3);
    expect(stdout).toBe("");
    expect(existsSync(out)).toBe(false);
    const [head, ...faults] = stderr.trimEnd().split("\n");
    expect(head).toBe("The tables have 10 faults:");
    for (const [place, words] of [
      ["dwellings.csv:3", 'Maybe it is "7724".'],
      ["dwellings.csv:", "2026-13-10"],
      ["dwellings.csv:4", "latitude"],
      ["households.csv:4", "580"],
      ["households.csv:3", 'Maybe it is "ordinary".'],
      ["households.csv:2", "-4300"],
      ["quotas.csv:3", "school-nowhere"],
      ["decisions.csv:2", "h99"],
      ["zones.csv:4", "nyborg"],
      ["districts.csv:3", "must be a number"],
    ] as const)
      expect(
        faults.filter((fault) => fault.includes(place) && fault.includes(words)),
        `${place} ${words}`,
      ).toHaveLength(1);
  });

  it("only looks at the tables with --dry-run", () => {
    const { status, stdout } = example("--dry-run", "--out", join(scratch, "dry"));
    expect(status).toBe(0);
    expect(stdout).toContain("42 households, 71 dwellings");
    expect(existsSync(join(scratch, "dry"))).toBe(false);
  });

  it("ends with 0 where everybody has a home", () => {
    const folder = fewHouseholds("small", 4);
    const { status, stdout } = example("--in", folder, "--out", join(scratch, "small-out"), "--quiet");
    expect(stdout).toContain("4 of 4 households");
    expect(status).toBe(0);
  });

  it.each([
    [["--bogus"], "--bogus"],
    [["--lang", "xx"], "da or en"],
    [["--time-limit", "-1"], "--time-limit"],
    [["--in", "/nowhere/at/all"], "/nowhere/at/all"],
  ])("refuses %j with 2 and says why", (args, why) => {
    const { status, stderr } = example(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });

  it.each([
    ["en", "Examples"],
    ["da", "Eksempler"],
  ])("helps in %s, examples first", (lang, first) => {
    const { status, stdout } = example("--help", "--lang", lang);
    expect(status).toBe(0);
    expect(stdout.startsWith(first)).toBe(true);
    expect(stdout).toContain("130");
  });
});
