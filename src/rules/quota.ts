import * as z from "zod";
import type { Quota, Scope } from "../domain/demand.js";
import { amountOf, measureName } from "../domain/measure.js";
import { type Area, type Facts, placedIn, settledIn } from "../view/facts.js";
import { loadTerms, type RowSpec } from "../view/view.js";
import { defineRule } from "./rule.js";

const areaOfScope = (scope: Scope, facts: Facts): Area => {
  const { problem, district, zone } = facts;
  if ("district" in scope) {
    const found = district(scope.district);
    return {
      id: scope.district,
      name: found?.name ?? "",
      level: "district",
      districts: found === undefined ? [] : [found],
    };
  }
  if ("zone" in scope) {
    const found = zone(scope.zone);
    const districts = (found?.districts ?? []).flatMap((id) => district(id) ?? []);
    return { id: scope.zone, name: found?.name ?? "", level: found?.level ?? "zone", districts };
  }
  return { id: "municipality", name: problem.municipality.name, level: "municipality", districts: problem.districts };
};

/** What the plan itself may add: cumulative quotas are lowered by what was settled before. */
const boundsOf = (quota: Quota, area: Area): Pick<RowSpec, "min" | "max"> => {
  const before = quota.counting === "cumulative" ? settledIn(area, quota.measure) : 0;
  const min = quota.min - before;
  return {
    ...(min > 0 ? { min } : {}),
    // A district that is already over its maximum takes nobody, but nobody is taken out of it.
    ...(quota.max === null ? {} : { max: Math.max(0, quota.max - before) }),
  };
};

/**
 * A quota holds: min <= y <= max, where y is what the plan places in the scope (`arrivals`), or that and what was settled before (`cumulative`).
 *
 * Unit: the quota's measure. Shape: one row per quota, id `quota/<id>`. Edge: a scope that is over its cumulative maximum before the plan takes nobody.
 */
export const quota = defineRule({
  id: "quota",
  aliases: ["quotas"],
  title: { da: "Kvoter", en: "Quotas" },
  legalBasis: [{ text: "Each quota names its own", asOf: "2026-11-01", kind: "practice" }],
  schema: z.strictObject({}),
  rows: (_parameters, view) =>
    view.problem.quotas.map((one) => {
      const area = areaOfScope(one.scope, view);
      return { id: `quota/${one.id}`, terms: loadTerms(view, area, one.measure), ...boundsOf(one, area) };
    }),
  check: (_parameters, facts, plan) => {
    const placed = placedIn(facts, plan);
    return facts.problem.quotas.flatMap((one) => {
      const inside = new Set(areaOfScope(one.scope, facts).districts.map(({ id }) => id));
      const before = [...inside].reduce(
        (sum, id) => sum + (facts.district(id)?.settled[measureName(one.measure)] ?? 0),
        0,
      );
      const arrivals = placed
        .filter(({ dwelling }) => inside.has(dwelling.district))
        .reduce((sum, { household }) => sum + amountOf(one.measure, household), 0);
      const actual = one.counting === "cumulative" ? before + arrivals : arrivals;
      const over = one.max === null || arrivals === 0 ? 0 : actual - one.max;
      const filled = { quota: one.id, actual, measure: measureName(one.measure), legalBasis: one.legalBasis };
      return [
        ...(over > 0
          ? [{ code: "above-maximum", subject: one.id, by: over, facts: { ...filled, max: one.max ?? 0 } }]
          : []),
        ...(actual < one.min
          ? [{ code: "below-minimum", subject: one.id, by: one.min - actual, facts: { ...filled, min: one.min } }]
          : []),
      ];
    });
  },
  words: {
    "above-maximum": {
      da: ({ quota: id, actual, max, measure, legalBasis }) =>
        `Kvote ${id}: ${actual} (${measure}), højst ${max} (${legalBasis}).`,
      en: ({ quota: id, actual, max, measure, legalBasis }) =>
        `Quota ${id}: ${actual} (${measure}), at most ${max} (${legalBasis}).`,
    },
    "below-minimum": {
      da: ({ quota: id, actual, min, measure, legalBasis }) =>
        `Kvote ${id}: ${actual} (${measure}), mindst ${min} (${legalBasis}).`,
      en: ({ quota: id, actual, min, measure, legalBasis }) =>
        `Quota ${id}: ${actual} (${measure}), at least ${min} (${legalBasis}).`,
    },
  },
});
