import { type AllocateOptions, allocate } from "../allocate.js";
import type { Localised } from "../base/words.js";
import type { Plan, TierValue } from "../domain/plan.js";
import type { EvennessMethod, TierPolicy } from "../domain/policy.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { type Facts, factsOf } from "../view/facts.js";
import { levelSpreads } from "./figures.js";
import { frontierWords } from "./frontier-words.js";
import { evenFirst, otherFirst, type Trade, tradeOf } from "./orders.js";
import type { FrontierPoint } from "./point.js";

export type { FrontierPoint } from "./point.js";

/** The plans that a council can choose between, most even first. */
export interface Frontier {
  /** The tier that evenness is traded against, and its unit. */
  readonly against: string;
  readonly unit: string;
  readonly sense: "min" | "max";
  readonly points: readonly FrontierPoint[];
  /** How often `allocate` was asked. */
  readonly solves: number;
  /** What the most even plan costs, and what it brings, in a sentence or two. */
  readonly words: Localised;
}

export interface FrontierOptions
  extends Pick<AllocateOptions, "solver" | "signal" | "seed" | "timeLimitSeconds" | "onProgress"> {
  /** The tier to trade evenness against. Default: the one that follows evenness in the policy. */
  readonly against?: string;
  /** Plans to look for, both ends included. Default 6. */
  readonly points?: number;
}

interface Search {
  readonly facts: Facts;
  readonly trade: Trade;
  readonly options: FrontierOptions;
  solves: number;
}

const tierIn = ({ tiers }: Plan, name: string): TierValue | undefined => tiers.find((tier) => tier.name === name);

const evennessTiers = ({ tiers }: Plan): readonly TierValue[] =>
  tiers.filter(({ name }) => name === "evenness" || name.startsWith("evenness/"));

const solve = async (
  search: Search,
  tiers: readonly TierPolicy[],
  tolerance: Readonly<Record<string, number>> = {},
): Promise<Plan> => {
  const { points: _points, against: _against, ...options } = search.options;
  const { problem } = search.facts;
  search.solves += 1;
  return allocate({ ...problem, policy: { ...problem.policy, tiers } }, { ...options, tolerance });
};

const pointOf = (search: Search, plan: Plan, tiers: readonly TierPolicy[]): FrontierPoint => ({
  plan,
  tiers,
  spread: levelSpreads(search.facts, plan),
  other: tierIn(plan, search.trade.against)?.value ?? Number.NaN,
  values: Object.fromEntries(plan.tiers.map(({ name, value }) => [name, value])),
  proven: plan.tiers
    .filter(({ name }) => name === search.trade.against || name.startsWith("evenness"))
    .every(({ optimal }) => optimal),
});

/** How far a tier is from one value on the way to another, in its unit; never below 0. */
const apart = ({ sense }: TierValue, from: number, to: number): number =>
  Math.max(0, sense === "min" ? to - from : from - to);

/** Per evenness tier, what it may give up at most: from the most even plan to the plan that is best for the other aim. */
const rangesOf = (even: FrontierPoint, fit: FrontierPoint): ReadonlyMap<string, number> =>
  new Map(
    evennessTiers(even.plan).map((tier) => [tier.name, apart(tier, tier.value, fit.values[tier.name] ?? tier.value)]),
  );

/** The part of the way, in [0, 1], that a tolerance allows: between `from` and `to` there may be plans not yet seen. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly even: FrontierPoint;
  readonly fit: FrontierPoint;
}

/** Criteria that grow with the square of the deviation: half the way in persons is a quarter of the way in the criterion. */
const SQUARED: readonly EvennessMethod[] = ["webster", "huntington-hill"];

/** Below this part of the way two tolerances are one. */
const LEAST_GAP = 1 / 256;

const widthOf = ({ even, fit }: Gap): number => Math.abs(even.other - fit.other);

/**
 * The plan that is best for the other aim with evenness held to a part of the way, made as even as that value of the other aim allows:
 * two solves, and nothing beats it in both.
 */
const between = async (
  search: Search,
  part: number,
  [even, fit]: readonly [FrontierPoint, FrontierPoint],
): Promise<FrontierPoint> => {
  const ranges = rangesOf(even, fit);
  const given = SQUARED.includes(search.facts.problem.policy.evenness.method) ? part * part : part;
  const tolerance = Object.fromEntries([...ranges].map(([name, range]) => [name, range * given]));
  const held = await solve(search, evenFirst(search.trade), tolerance);
  const tier = tierIn(held, search.trade.against);
  const best = tierIn(fit.plan, search.trade.against);
  if (tier === undefined || best === undefined) return even;
  const tiers = otherFirst(search.trade, apart(best, best.value, tier.value));
  return pointOf(search, await solve(search, tiers), tiers);
};

const same = (a: FrontierPoint, b: FrontierPoint): boolean =>
  a.other === b.other && evennessTiers(a.plan).every(({ name, value }) => value === b.values[name]);

/** Without a proof a plan may turn out to be beaten by another that was found later. */
const isBeaten = (against: string, point: FrontierPoint, by: FrontierPoint): boolean => {
  const tiers = [...evennessTiers(by.plan), ...by.plan.tiers.filter(({ name }) => name === against)];
  const losses = tiers.map(
    ({ name, sense, value }) => (sense === "min" ? 1 : -1) * ((point.values[name] ?? value) - value),
  );
  return losses.every((loss) => loss >= 0) && losses.some((loss) => loss > 0);
};

const search = async (state: Search, wanted: number): Promise<readonly FrontierPoint[]> => {
  const evenPlan = await solve(state, evenFirst(state.trade));
  const even = pointOf(state, evenPlan, evenFirst(state.trade));
  if (!evenPlan.outcome.found) return [even];
  const fitTiers = otherFirst(state.trade, 0);
  const fit = pointOf(state, await solve(state, fitTiers), fitTiers);
  if (same(even, fit)) return [even];
  const found = [even, fit];
  let gaps: readonly Gap[] = [{ from: 0, to: 1, even, fit }];
  // Each round closes, halves or splits a gap; the bound on rounds keeps a town without plans in between from being asked for ever.
  for (let round = 0; found.length < wanted && round < 2 * wanted; round++) {
    const open = gaps.filter(({ from, to }) => to - from > LEAST_GAP);
    const [widest] = [...open].sort((a, b) => widthOf(b) - widthOf(a));
    if (widest === undefined || widthOf(widest) === 0 || state.options.signal?.aborted === true) break;
    const middle = (widest.from + widest.to) / 2;
    const point = await between(state, middle, [even, fit]);
    const isNew = found.every((known) => !same(known, point));
    const halves: readonly Gap[] = isNew
      ? [
          { ...widest, to: middle, fit: point },
          { ...widest, from: middle, even: point },
        ]
      : same(point, widest.fit)
        ? [{ ...widest, to: middle }]
        : [{ ...widest, from: middle }];
    gaps = [...gaps.filter((gap) => gap !== widest), ...halves];
    if (isNew) found.push(point);
  }
  const better = fit.plan.tiers.find(({ name }) => name === state.trade.against)?.sense === "max" ? 1 : -1;
  return found
    .filter((point) => !found.some((by) => isBeaten(state.trade.against, point, by)))
    .sort((a, b) => (b.other - a.other) * -better);
};

/**
 * The choice between even and near: plans from the most even one to the one that is best for another aim (travel, unless another is
 * named), each verified, each with its figures. Earlier tiers are never touched.
 *
 * Method: epsilon-constraint. Evenness may give up a part of what separates the two ends (`tolerance` of its tiers, all levels alike), the
 * other aim is made as good as that allows, and then evenness as good as that value of the other aim allows; the widest gap is halved next.
 * Edge: one point where the two aims do not conflict; a time limit holds for each solve, and `proven` says what it cost.
 * @throws ProblemError where the problem has faults, or the policy has nothing to trade.
 * Source: Haimes, Lasdon and Wismer 1971; Mavrotas 2009.
 */
export const frontier = async (problem: unknown, options: FrontierOptions = {}): Promise<Frontier> => {
  const read: Problem = canonicalProblem(parseProblem(problem));
  const facts = factsOf(read);
  const trade = tradeOf(read, options.against);
  const state: Search = { facts, trade, options, solves: 0 };
  const points = await search(state, Math.max(2, options.points ?? 6));
  const tier = points[0] === undefined ? undefined : tierIn(points[0].plan, trade.against);
  const told = { against: trade.against, unit: tier?.unit ?? "", sense: tier?.sense ?? ("min" as const), points };
  return { ...told, solves: state.solves, words: frontierWords(facts, told) };
};
