import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { allocate } from "../../src/allocate.js";
import { seededRandom } from "../../src/base/random.js";
import type { EvennessMethod } from "../../src/domain/policy.js";
import type { Problem } from "../../src/domain/problem.js";
import { nextInLine } from "../../src/frontier/next-in-line.js";
import { targets } from "../../src/frontier/targets.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { apportion, type MethodName } from "../../src/targets/apportion.js";
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
/** Years as they might come: none in some, a handful in most, many in a few. Made up. */
const SERIES = 1_000;
const YEARS = 12;
const random = seededRandom(450);
const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const madeUp: readonly (readonly number[])[] = Array.from({ length: SERIES }, () =>
  Array.from({ length: YEARS }, () => {
    const kind = random();
    return kind < 0.25 ? 0 : kind < 0.75 ? between(1, 6) : between(40, 120);
  }),
);

/** After each year of a series: how far the furthest parish is from its part. */
const furthestOver = (method: MethodName, persons: readonly number[]): readonly number[] => {
  const weights = nyborg.districts.map(({ population }) => population);
  const residents = weights.reduce((a, b) => a + b, 0);
  let settled: readonly number[] = weights.map(() => 0);
  let total = 0;
  return persons.map((batch) => {
    total += batch;
    settled = apportion(total, weights, method, { minimum: settled });
    return Math.max(...weights.map((weight, i) => Math.abs((settled[i] ?? 0) - (total * weight) / residents)));
  });
};

const PROMISED: readonly MethodName[] = ["quota", "webster", "hamilton", "huntington-hill", "jefferson", "adams"];
say(
  `\n${SERIES.toLocaleString("en-GB")} made-up series of ${YEARS} years over the same parishes: how many leave a parish a whole person or more from its part in some year.`,
);
say(
  textTable(
    [{ head: "method", align: "left" }, right("series beyond 1"), right("years beyond 1"), right("furthest ever")],
    PROMISED.map((method) => {
      const series = madeUp.map((persons) => furthestOver(method, persons));
      const years = series.flat();
      return [
        method,
        String(series.filter((one) => one.some((far) => far >= 1)).length),
        `${years.filter((far) => far >= 1).length} of ${years.length}`,
        Math.max(...years).toFixed(2),
      ];
    }),
    120,
  ).join("\n"),
);
say(
  "Webster promises no bound: with one parish of nearly half the residents beside many small ones, what rounding adds to the small ones is taken from the large one. The quota method keeps its promise here too.",
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
