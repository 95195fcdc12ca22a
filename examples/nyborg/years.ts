import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { allocate } from "../../src/allocate.js";
import type { EvennessMethod } from "../../src/domain/policy.js";
import type { Problem } from "../../src/domain/problem.js";
import { nextInLine } from "../../src/frontier/next-in-line.js";
import { targets } from "../../src/frontier/targets.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { readFolder } from "../support/folder.js";
import { readProblem } from "../support/read-problem.js";
import { textTable } from "../support/text-table.js";

interface Batch {
  readonly year: string;
  readonly persons: number;
  readonly kind: "fact" | "computed";
  readonly source: string;
}

const METHODS: readonly EvennessMethod[] = ["quota", "webster", "hamilton", "leximax", "leximin", "huntington-hill"];
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const batches: readonly Batch[] = JSON.parse(readFileSync(at("years/batches.json"), "utf8"));
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Nyborg's parishes with nobody settled, nobody waiting, and no limits: what a method does when housing is ample. */
const nyborg = readProblem(readFolder(at("data")));
const empty = (method: EvennessMethod, settled: ReadonlyMap<string, number>): Problem => ({
  ...nyborg,
  districts: nyborg.districts.map((district) => ({ ...district, settled: { persons: settled.get(district.id) ?? 0 } })),
  households: [],
  links: [],
  decisions: [],
  quotas: [],
  policy: {
    ...nyborg.policy,
    evenness: { ...nyborg.policy.evenness, method, levels: ["district"], counting: "cumulative" },
  },
});

interface Played {
  readonly method: EvennessMethod;
  /** Running totals after each batch, per parish. */
  readonly totals: readonly ReadonlyMap<string, number>[];
  /** Furthest from the proportional part, after each batch. */
  readonly furthest: readonly { readonly name: string; readonly deviation: number }[];
}

const play = (method: EvennessMethod): Played => {
  let settled: ReadonlyMap<string, number> = new Map();
  let total = 0;
  const totals: ReadonlyMap<string, number>[] = [];
  const furthest: { name: string; deviation: number }[] = [];
  for (const { persons } of batches) {
    total += persons;
    const rows = targets(empty(method, settled), { total: persons }).filter(({ level }) => level === "district");
    settled = new Map(rows.map(({ id, before, target }) => [id, before + target]));
    totals.push(settled);
    const off = rows.map(({ name, share, before, target }) => ({ name, deviation: before + target - share * total }));
    furthest.push(off.reduce((a, b) => (Math.abs(b.deviation) > Math.abs(a.deviation) ? b : a)));
  }
  return { method, totals, furthest };
};

const played = METHODS.map(play);
say(
  "Running totals over the years, with ample housing, from nobody settled. Real figures; years that are not public are left out.",
);
for (const { year, persons, kind, source } of batches) say(`  ${year}: ${persons} persons (${kind}). ${source}`);
say("\nFurthest from the proportional part after each batch, in persons:");
const right = (head: string) => ({ head, align: "right" as const });
say(
  textTable(
    [{ head: "method", align: "left" }, ...batches.map(({ year }) => right(year)), right("batches beyond 1")],
    played.map(({ method, furthest }) => [
      method,
      ...furthest.map(({ deviation }) => deviation.toFixed(2)),
      String(furthest.filter(({ deviation }) => Math.abs(deviation) >= 1).length),
    ]),
    120,
  ).join("\n"),
);
const webster = played.find(({ method }) => method === "webster");
say("\nWebster, parish by parish:");
say(
  textTable(
    [{ head: "parish", align: "left" }, right("residents"), ...batches.map(({ year }) => right(year))],
    nyborg.districts.map(({ id, name, population }) => [
      name,
      String(population),
      ...(webster?.totals.map((totals) => String(totals.get(id) ?? 0)) ?? []),
    ]),
    120,
  ).join("\n"),
);

/** A handful: one family of three, with a home free in every parish. */
const before = webster?.totals.at(-2) ?? new Map<string, number>();
const handful = parseProblem({
  ...empty("webster", before),
  dwellings: nyborg.districts.map(({ id }) => ({ id: `u-${id}`, district: id, rooms: 3, maxPersons: 4 })),
  households: [{ id: "h1", members: [{ age: 34 }, { age: 31 }, { age: 6 }] }],
  services: [],
  policy: { evenness: { method: "webster" }, tiers: ["placed", "evenness"] },
});
const plan = await allocate(handful);
const { words } = nextInLine(handful, plan);
const home = plan.placements[0]?.dwelling;
const where = nyborg.districts.find(({ id }) => `u-${id}` === home)?.name ?? "nowhere";
say(`\n2026, one family of three: it goes to ${where}.\n  ${words.en}\n  ${words.da}`);
