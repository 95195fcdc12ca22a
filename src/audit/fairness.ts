import { ProblemError } from "../base/errors.js";
import { groupedBy } from "../base/order.js";
import { amountOf, measureName } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { dissimilarity, gini, hoover, largestDeviation, lorenzPoints, theil } from "../targets/measures.js";
import { type Facts, factsOf, placedIn } from "../view/facts.js";
import { areaTargets } from "../view/targets.js";
import { weightName } from "../view/targets-weights.js";
import { districtLoads } from "./loads.js";
import { ruleFindings } from "./verify.js";

/** One area of a level, held against what it was due. Unit: the policy's measure. */
export interface AreaFigures {
  readonly id: string;
  readonly name: string;
  /** Its part of the weight, in [0, 1]. */
  readonly share: number;
  readonly before: number;
  readonly placed: number;
  readonly after: number;
  readonly target: number;
  /** placed - target; + = over. */
  readonly deviation: number;
  /** after per 1,000 of the weight; null where the weight is 0. */
  readonly per1000: number | null;
}

/** How even the loads of a level are, before and after the plan. Measures: Gini, Hoover, Theil (targets/measures.ts). */
export interface LevelFigures {
  readonly level: string;
  readonly areas: readonly AreaFigures[];
  /** The area furthest from its target, in the measure; null where there is no area. */
  readonly largestDeviation: { readonly id: string; readonly deviation: number } | null;
  readonly before: Inequality;
  readonly after: Inequality;
  /** Points (share of weight, share of load) of the Lorenz curve after the plan. */
  readonly lorenz: readonly { readonly weight: number; readonly load: number }[];
}

export interface Inequality {
  readonly gini: number;
  readonly hoover: number;
  /** Nats; null where an area without weight carries load. */
  readonly theil: number | null;
  /** Furthest from the proportional part of everything there, in the measure. */
  readonly largestDeviation: number;
}

/** How one group fared: codes are the caller's, opaque, and never part of a problem. */
export interface GroupFigures {
  readonly group: string;
  readonly households: number;
  readonly placedHouseholds: number;
  readonly persons: number;
  readonly placedPersons: number;
  /** Index of dissimilarity against everybody else who was placed, over the districts, in [0, 1]. */
  readonly dissimilarity: number;
}

/** Evenness and fairness figures of a plan, from the problem and plan alone. */
export interface FairnessAudit {
  readonly measure: string;
  readonly weight: string;
  readonly counting: "cumulative" | "batch";
  readonly method: string;
  readonly levels: readonly LevelFigures[];
  /** Rules that pins override, most often first; `times` counts households, however often a rule stands against one of them. */
  readonly overrides: readonly { readonly rule: string; readonly times: number }[];
  readonly groups: readonly GroupFigures[];
}

const inequality = (burdens: readonly { load: number; weight: number }[]): Inequality => {
  const spread = theil(burdens);
  return {
    gini: gini(burdens),
    hoover: hoover(burdens),
    theil: Number.isFinite(spread) ? spread : null,
    largestDeviation: largestDeviation(burdens).deviation,
  };
};

const levelFigures = (facts: Facts, plan: Pick<Plan, "placements">, level: string): LevelFigures => {
  const { evenness } = facts.problem.policy;
  const loads = districtLoads(facts, plan).filter((row) => row.level === level);
  const total = loads.reduce((sum, { placed }) => sum + placed, 0);
  const targets = areaTargets(facts, { level, evenness }, total);
  const areas = targets.flatMap(({ area, share, weight }): readonly AreaFigures[] => {
    const row = loads.find(({ id }) => id === area.id);
    if (row === undefined) return [];
    const { before, placed, after, target } = row;
    const per1000 = weight > 0 ? (after / weight) * 1000 : null;
    return [
      { id: area.id, name: area.name, share, before, placed, after, target, deviation: placed - target, per1000 },
    ];
  });
  const weights = targets.map(({ weight }) => weight);
  const burdens = (field: "before" | "after") =>
    areas.map((area, i) => ({ load: area[field], weight: weights[i] ?? 0 }));
  const furthest = areas.reduce<AreaFigures | null>(
    (worst, area) => (worst === null || Math.abs(area.deviation) > Math.abs(worst.deviation) ? area : worst),
    null,
  );
  return {
    level,
    areas,
    largestDeviation: furthest === null ? null : { id: furthest.id, deviation: furthest.deviation },
    before: inequality(burdens("before")),
    after: inequality(burdens("after")),
    lorenz: lorenzPoints(burdens("after")),
  };
};

const groupFigures = (facts: Facts, plan: Pick<Plan, "placements">, groups: Readonly<Record<string, string>>) => {
  const { problem } = facts;
  const unknown = Object.keys(groups).filter((id) => facts.household(id) === undefined);
  if (unknown.length > 0)
    throw new ProblemError(
      unknown.map((id) => ({
        code: "group.unknown-household",
        path: `groups["${id}"]`,
        subject: id,
        expected: "the id of a household of the problem",
        received: id,
        message: `A group is given for household ${id}, which is not in the problem.`,
        hint: null,
      })),
    );
  const home = new Map(placedIn(facts, plan).map(({ household, dwelling }) => [household.id, dwelling.district]));
  const members = groupedBy(
    problem.households.filter(({ id }) => groups[id] !== undefined),
    ({ id }) => groups[id] ?? "",
  );
  const personsIn = (district: string, inside: (id: string) => boolean): number =>
    problem.households
      .filter(({ id }) => home.get(id) === district && inside(id))
      .reduce((sum, household) => sum + amountOf("persons", household), 0);
  return [...members].map(([group, households]): GroupFigures => {
    const placed = households.filter(({ id }) => home.has(id));
    const persons = (list: typeof households) => list.reduce((sum, household) => sum + household.members.length, 0);
    return {
      group,
      households: households.length,
      placedHouseholds: placed.length,
      persons: persons(households),
      placedPersons: persons(placed),
      dissimilarity: dissimilarity(
        problem.districts.map(({ id }) => ({
          first: personsIn(id, (one) => groups[one] === group),
          second: personsIn(id, (one) => groups[one] !== group),
        })),
      ),
    };
  });
};

/** Evenness per level, overrides, and, where asked, how groups fared that are known only here: never an input of `allocate`. */
export const auditPlan = (
  problem: Problem,
  plan: Pick<Plan, "placements">,
  groups: Readonly<Record<string, string>> = {},
): FairnessAudit => {
  const facts = factsOf(problem);
  const { evenness } = problem.policy;
  const levels = ["district", ...evenness.levels.filter((level) => level !== "district")];
  const overridden = groupedBy(ruleFindings(facts, plan).overridden, ({ rule }) => rule);
  return {
    measure: measureName(evenness.measure),
    weight: weightName(evenness),
    counting: evenness.counting,
    method: evenness.method,
    levels: levels.map((level) => levelFigures(facts, plan, level)),
    overrides: [...overridden]
      .map(([rule, found]) => ({ rule, times: new Set(found.map(({ subject }) => subject)).size }))
      .sort((a, b) => b.times - a.times),
    groups: groupFigures(facts, plan, groups),
  };
};
