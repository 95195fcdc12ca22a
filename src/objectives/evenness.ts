import * as z from "zod";
import { amountOf } from "../domain/measure.js";
import type { EvennessPolicy } from "../domain/policy.js";
import { type Facts, placedIn } from "../view/facts.js";
import { MEANINGS, type Spread } from "../view/meanings.js";
import { type AreaTarget, areaTargets } from "../view/targets.js";
import { loadTerms, type RowSpec, type View } from "../view/view.js";
import { defineObjective, type PlacementsOnly } from "./objective.js";

interface Parameters {
  readonly evenness: EvennessPolicy;
  readonly level: string;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const spreadOf = (parameters: Parameters, facts: Facts, total: number): Spread => ({
  targets: areaTargets(facts, parameters, total),
  most: sum(facts.problem.households.map((household) => amountOf(parameters.evenness.measure, household))),
});

const rowsOf =
  (view: View, { evenness }: Parameters) =>
  ({ area }: AreaTarget, sign: 1 | -1): RowSpec => ({
    id: `evenness/${area.level}/${area.id}${sign < 0 ? "/negative" : ""}`,
    terms: loadTerms(view, area, evenness.measure).map((term) => ({ ...term, coefficient: sign * term.coefficient })),
  });

/** What the plan brings to each area of the level, in the policy's measure. */
const arrivalsIn = (
  { evenness, level }: Parameters,
  facts: Facts,
  plan: PlacementsOnly,
): ReadonlyMap<string, number> => {
  const arrivals = new Map<string, number>();
  for (const { household, dwelling } of placedIn(facts, plan)) {
    const area = facts.areaOf(level, dwelling.district)?.id;
    if (area !== undefined) arrivals.set(area, (arrivals.get(area) ?? 0) + amountOf(evenness.measure, household));
  }
  return arrivals;
};

/**
 * The load is spread evenly over the areas of a level: each method minimises its own criterion over what the housing stock allows,
 * so that with ample housing the plan equals the published apportionment seat for seat.
 *
 * Unit: per method. Shape: one row per area, id `evenness/<level>/<area>`; one tier per level, `evenness` or `evenness/<level>`.
 * Edge: an area of weight 0 is due nobody; a person there costs more than any person elsewhere can.
 *
 * Source: integrationsloven § 6 (even spread over municipalities), applied inside the municipality by its own strategy.
 */
export const evenness = defineObjective<Record<string, never>, Parameters>({
  id: "evenness",
  tier: "evenness",
  title: { da: "Jævn fordeling", en: "Even spread" },
  sense: "min",
  unit: "persons",
  legalBasis: [
    {
      text: "Nyborg Kommune's integration strategy: homes offered evenly spread over the municipality",
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "Measure, weight, counting and method are the policy's choice", asOf: "2026-11-01", kind: "choice" },
  ],
  schema: z.strictObject({}),
  variants: (_parameters, policy) =>
    policy.evenness.levels.map((level) => ({
      name: policy.evenness.levels.length === 1 ? "evenness" : `evenness/${level}`,
      parameters: { evenness: policy.evenness, level },
      sense: MEANINGS[policy.evenness.method].sense,
      unit: MEANINGS[policy.evenness.method].unit,
    })),
  total: ({ evenness: { measure } }, facts, plan) =>
    sum(placedIn(facts, plan).map(({ household }) => amountOf(measure, household))),
  compile: (parameters, view, total) =>
    MEANINGS[parameters.evenness.method].compile(spreadOf(parameters, view, total), rowsOf(view, parameters)),
  measure: (parameters, facts, plan, total) => {
    const arrivals = arrivalsIn(parameters, facts, plan);
    const spread = spreadOf(parameters, facts, total);
    return MEANINGS[parameters.evenness.method].measure(
      spread,
      spread.targets.map(({ area }) => arrivals.get(area.id) ?? 0),
    );
  },
});
