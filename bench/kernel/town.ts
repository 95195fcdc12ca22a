import { seededRandom } from "../../src/base/random.js";
import type { KernelModel, KernelRow, KernelTier } from "../../src/kernel/index.js";

/** `minimax`: the largest load per resident alone; `leximax`: then the next, and so on. */
export type Evenness = "quadratic" | "absolute" | "minimax" | "leximax";
export type Unkind = "huge family" | "all alike" | "one district";

export interface TownOptions {
  readonly households: number;
  readonly dwellings: number;
  readonly districts: number;
  readonly seed: number;
  /** At most so many dwellings per household, the best fitting ones; default all that fit. */
  readonly candidates?: number;
  readonly evenness?: Evenness;
  /** Pairs of households that have to live in one district. */
  readonly links?: number;
  /** Most persons per district, as a multiple of its even share. */
  readonly quota?: number;
  readonly unkind?: Unkind;
}

/** Shares of household sizes 1 to 8 and of dwellings of 1 to 5 rooms: a made-up town of the usual shape. */
const SIZES = [0.38, 0.16, 0.13, 0.13, 0.1, 0.05, 0.03, 0.02];
const ROOMS = [0.18, 0.27, 0.27, 0.18, 0.1];
/** Persons that a dwelling of so many rooms may take: two per room and one more for the larger ones. */
const MOST_PERSONS = [2, 3, 5, 7, 8];

const drawn = (shares: readonly number[], at: number): number => {
  let sum = 0;
  for (const [i, share] of shares.entries()) {
    sum += share;
    if (at < sum) return i;
  }
  return shares.length - 1;
};

const sizeOf = (unkind: Unkind | undefined, index: number, usual: number): number =>
  unkind === "all alike" ? 3 : unkind === "huge family" ? (index === 0 ? 8 : Math.min(2, usual)) : usual;

/** A town as the kernel sees it: persons placed, evenness over districts (some settled above their share), misfit with distance. */
export const town = (options: TownOptions): KernelModel => {
  const {
    unkind,
    households,
    dwellings,
    districts,
    seed,
    candidates = Number.POSITIVE_INFINITY,
    evenness = "quadratic",
  } = options;
  const random = seededRandom(seed);
  const population = Array.from({ length: districts }, () => 300 + Math.floor(random() ** 3 * 9000));
  const total = population.reduce((a, b) => a + b, 0);
  const family = Array.from({ length: households }, (_, i) => ({
    size: sizeOf(unkind, i, drawn(SIZES, random()) + 1),
    rent: 3200 + Math.floor(random() * 70) * 100,
    stepFree: random() < 0.08,
    from: Math.floor(random() * 6),
    x: random() * 30,
    y: random() * 30,
  }));
  const home = Array.from({ length: dwellings }, () => {
    const rooms = drawn(ROOMS, random());
    let at = random() * total;
    let district = 0;
    while (unkind !== "one district" && district < districts - 1 && at >= (population[district] ?? 0))
      at -= population[district++] ?? 0;
    return {
      rooms,
      district,
      rent: 2400 + rooms * 1100 + Math.floor(random() * 15) * 100,
      stepFree: random() < 0.3,
      free: Math.floor(random() * 6),
      x: random() * 30,
      y: random() * 30,
    };
  });
  const agent: number[] = [];
  const place: number[] = [];
  const misfit: number[] = [];
  family.forEach((household, i) => {
    const fitting = home.flatMap((dwelling, j) => {
      const fits =
        household.size <= (MOST_PERSONS[dwelling.rooms] ?? 0) &&
        dwelling.rent <= household.rent * (1 + household.size / 4) &&
        (!household.stepFree || dwelling.stepFree) &&
        dwelling.free <= household.from + 4;
      if (!fits) return [];
      const metres = Math.round(Math.hypot(household.x - dwelling.x, household.y - dwelling.y) * 1000);
      const spare = Math.max(0, (MOST_PERSONS[dwelling.rooms] ?? 0) - household.size);
      return [{ j, cost: metres + 2000 * spare }];
    });
    for (const { j, cost } of fitting.sort((a, b) => a.cost - b.cost || a.j - b.j).slice(0, candidates)) {
      agent.push(i);
      place.push(j);
      misfit.push(cost);
    }
  });
  const persons = agent.map((i) => family[i]?.size ?? 0);
  const arriving = family.reduce((sum, { size }) => sum + size, 0);
  const settled = population.map((people, d) => Math.round((people / total) * arriving * (d % 5 === 0 ? 1.6 : 0.5)));
  const everybody = arriving + settled.reduce((a, b) => a + b, 0);
  const rows: KernelRow[] = population.map((people, d) => {
    const arcs = place.flatMap((j, arc) => (home[j]?.district === d ? [arc] : []));
    const share = (people / total) * everybody;
    return {
      name: `district ${d}`,
      arcs,
      coefficients: arcs.map((arc) => persons[arc] ?? 0),
      ...(options.quota === undefined ? {} : { max: Math.max(8, Math.ceil(options.quota * share)) }),
    };
  });
  for (let link = 0; link < (options.links ?? 0); link++) {
    const [one, other] = [2 * link, 2 * link + 1];
    for (let d = 0; d < districts; d++) {
      const arcs = agent.flatMap((i, arc) =>
        (i === one || i === other) && home[place[arc] ?? 0]?.district === d ? [arc] : [],
      );
      if (arcs.length > 0)
        rows.push({
          name: `link ${link} ${d}`,
          arcs,
          coefficients: arcs.map((arc) => (agent[arc] === one ? 1 : -1)),
          min: 0,
          max: 0,
        });
    }
  }
  const loads = population.map((people, d) => ({ row: d, offset: settled[d] ?? 0, divisor: people / 1000 }));
  const shares = population.map((people) => (people / total) * everybody);
  const even: Readonly<Record<Evenness, KernelTier>> = {
    quadratic: {
      name: "evenness",
      sense: "min",
      convex: shares.map((share, d) => ({
        row: d,
        form: "quadratic",
        target: share - (settled[d] ?? 0),
        scale: 1 / share,
      })),
    },
    absolute: {
      name: "evenness",
      sense: "min",
      convex: shares.map((share, d) => ({
        row: d,
        form: "absolute",
        target: Math.round(share - (settled[d] ?? 0)),
        scale: 1,
      })),
    },
    leximax: { name: "evenness", sense: "min", leximax: loads },
    // With a tolerance, be it next to nothing, the largest load alone is held for later tiers.
    minimax: { name: "evenness", sense: "min", leximax: loads, tolerance: 1e-12 },
  };
  return {
    agents: households,
    places: home.map(() => 1),
    arcs: { agent: Int32Array.from(agent), place: Int32Array.from(place) },
    rows,
    tiers: [
      { name: "placed", sense: "max", weights: Float64Array.from(persons) },
      even[evenness],
      { name: "fit", sense: "min", weights: Float64Array.from(misfit) },
    ],
  };
};
