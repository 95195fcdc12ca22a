import { readFileSync } from "node:fs";
import { seededRandom } from "../../src/base/random.js";
import type { KernelModel } from "../../src/kernel/index.js";

/** Jobs to servers of limited capacity: `cost[server][job]`, `use[server][job]`. */
interface Generalised {
  readonly cost: readonly (readonly number[])[];
  readonly use: readonly (readonly number[])[];
  readonly capacity: readonly number[];
}

/** Every job is an agent, every server an endless place with one capacity row: first all are served, then at least cost. */
const generalised = ({ cost, use, capacity }: Generalised): KernelModel => {
  const jobs = cost[0]?.length ?? 0;
  const pairs = capacity.flatMap((_, server) => Array.from({ length: jobs }, (_, job) => ({ server, job })));
  return {
    agents: jobs,
    places: capacity.map(() => Number.POSITIVE_INFINITY),
    arcs: { agent: pairs.map(({ job }) => job), place: pairs.map(({ server }) => server) },
    rows: capacity.map((max, server) => ({
      name: `server ${server}`,
      arcs: Array.from({ length: jobs }, (_, job) => server * jobs + job),
      coefficients: use[server] ?? [],
      max,
    })),
    tiers: [
      { name: "placed", sense: "max", weights: pairs.map(() => 1) },
      { name: "cost", sense: "min", weights: pairs.map(({ server, job }) => cost[server]?.[job] ?? 0) },
    ],
  };
};

/** A published instance in the format of the OR-Library: c05100 of Chu and Beasley (1997), whose optimum is 1931. */
export const published = (): KernelModel => {
  const text = readFileSync(new URL("data/c05100.txt", import.meta.url), "utf8");
  const [[servers = 0] = [], ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
  return generalised({
    cost: lines.slice(0, servers),
    use: lines.slice(servers, 2 * servers),
    capacity: lines[2 * servers] ?? [],
  });
};

/**
 * Random instances of the classical kinds (Chu and Beasley 1997; Laguna et al. 1995 for E), capacities at 0.8 of an even share.
 * C: uses and costs unrelated; D: what is cheap uses much; E: the same, more so.
 */
export const classical = (kind: "C" | "D" | "E", servers: number, jobs: number, seed: number): KernelModel => {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const pair = (): readonly [use: number, cost: number] => {
    if (kind === "C") return [between(5, 25), between(10, 50)];
    if (kind === "D") {
      const use = between(1, 100);
      return [use, 111 - use + between(-10, 10)];
    }
    const use = 1 - 10 * Math.log(1 - random());
    return [Math.ceil(use), Math.round(1000 / use - 10 * random())];
  };
  const all = Array.from({ length: servers }, () => Array.from({ length: jobs }, pair));
  const use = all.map((row) => row.map(([one]) => one));
  return generalised({
    use,
    cost: all.map((row) => row.map(([, one]) => one)),
    capacity: use.map((row) => Math.floor((0.8 * row.reduce((a, b) => a + b, 0)) / servers)),
  });
};

/** Families to localities with room for so many persons, children and seniors each: the most served, then the best matched. */
export const localities = (families: number, count: number, seed: number): KernelModel => {
  const random = seededRandom(seed);
  const members = Array.from({ length: families }, () => {
    const adults = 1 + Math.floor(random() * 2);
    const children = random() < 0.5 ? 0 : 1 + Math.floor(random() * 4);
    return { persons: adults + children, children, seniors: random() < 0.15 ? 1 : 0 };
  });
  const arriving = members.reduce((sum, { persons }) => sum + persons, 0);
  const pairs = members.flatMap((_, family) =>
    Array.from({ length: count }, (_, locality) => ({ family, locality, score: Math.floor(random() * 1000) })),
  );
  const rooms = Array.from({ length: count }, () => 0.6 + random() * 0.7);
  const kinds = [
    { kind: "persons", share: 1 },
    { kind: "children", share: 0.45 },
    { kind: "seniors", share: 0.06 },
  ] as const;
  return {
    agents: families,
    places: rooms.map(() => Number.POSITIVE_INFINITY),
    arcs: { agent: pairs.map(({ family }) => family), place: pairs.map(({ locality }) => locality) },
    rows: rooms.flatMap((room, locality) =>
      kinds.map(({ kind, share }) => {
        const arcs = pairs.flatMap((pair, arc) => (pair.locality === locality ? [arc] : []));
        return {
          name: `${kind} ${locality}`,
          arcs,
          coefficients: arcs.map((arc) => members[pairs[arc]?.family ?? 0]?.[kind] ?? 0),
          max: Math.ceil(((room * arriving) / count) * share),
        };
      }),
    ),
    tiers: [
      { name: "placed", sense: "max", weights: pairs.map(({ family }) => members[family]?.persons ?? 0) },
      { name: "match", sense: "max", weights: pairs.map(({ score }) => score) },
    ],
  };
};
