import { cpus } from "node:os";
import { allocate } from "../src/allocate.js";
import { seededRandom } from "../src/base/random.js";
import { recommend } from "../src/plans/recommend.js";
import { parseProblem } from "../src/problem/parse-problem.js";
import { VERSION } from "../src/version.js";

/**
 * How long a planner waits for the best other dwellings of one household, on a town of 200 households, 240 dwellings and 20 districts,
 * against how long the plan itself took in the same run. `npx tsx bench/recommend.ts [seconds for the plan]`.
 */
const HOUSEHOLDS = 200;
const DWELLINGS = 240;
const DISTRICTS = 20;
const PROMISED_MS = 100;

const town = (seed: number): unknown => {
  const random = seededRandom(seed);
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const location = (): readonly [number, number] => [10.5 + whole(0, 300) / 1000, 55.2 + whole(0, 200) / 1000];
  return {
    format: "evenstead/problem@1",
    municipality: { name: "Bench" },
    asOf: "2026-11-01",
    districts: Array.from({ length: DISTRICTS }, (_, i) => ({
      id: `d${i + 1}`,
      population: whole(200, 8000),
      settled: { persons: whole(0, 30) },
      location: location(),
    })),
    services: ["school", "health", "language-school", "station"].flatMap((kind) =>
      Array.from({ length: 4 }, (_, i) => ({ id: `${kind}-${i + 1}`, kind, location: location() })),
    ),
    dwellings: Array.from({ length: DWELLINGS }, (_, i) => {
      const rooms = whole(1, 5);
      return {
        id: `u${i + 1}`,
        district: `d${whole(1, DISTRICTS)}`,
        location: location(),
        rooms,
        maxPersons: 2 * rooms,
        rent: 2500 + 1000 * rooms + whole(0, 1500),
        stepFree: random() < 0.3,
      };
    }),
    households: Array.from({ length: HOUSEHOLDS }, (_, i) => {
      const size = Math.min(whole(1, 5), whole(1, 8));
      return {
        id: `h${i + 1}`,
        members: Array.from({ length: size }, () => ({ age: whole(1, 66) })),
        waitingSince: `2026-0${whole(1, 9)}-15`,
        needs: { maxRent: 5200 + 900 * size, stepFree: random() < 0.1 },
      };
    }),
    policy: {
      evenness: { method: "webster" },
      tiers: ["placed", "exceptions", "lateness", "evenness", "travel", "fit", "cost", "stability"],
    },
  };
};

const seconds = Number(process.argv[2] ?? 20);
const problem = parseProblem(town(7));
const began = performance.now();
const plan = await allocate(problem, { timeLimitSeconds: seconds });
const planMs = performance.now() - began;

// Each call checks by itself that every plan it shows keeps every rule.
const times = problem.households.map(({ id }) => {
  const start = performance.now();
  const { length } = recommend(problem, plan, id);
  return { id, shown: length, ms: performance.now() - start };
});
const [first] = times;
const sorted = times.slice(1).map(({ ms }) => ms);
sorted.sort((a, b) => a - b);
const at = (part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
const late = times.filter(({ ms }) => ms > PROMISED_MS).length;

process.stdout.write(
  `${JSON.stringify(
    {
      subject: "recommend",
      size: `${HOUSEHOLDS} x ${DWELLINGS}`,
      plan: { outcome: plan.outcome.status, ms: Math.round(planMs), unplaced: plan.unplaced.length },
      firstCallMs: Math.round(first?.ms ?? Number.NaN),
      laterCallsMs: { median: Math.round(at(0.5)), p95: Math.round(at(0.95)), max: Math.round(at(1)) },
      over100ms: late,
      withoutAny: times.filter(({ shown }) => shown === 0).length,
      ratioMedianToPlan: at(0.5) / planMs,
      node: process.version,
      processor: cpus()[0]?.model ?? "unknown",
      version: VERSION,
    },
    null,
    2,
  )}\n`,
);
