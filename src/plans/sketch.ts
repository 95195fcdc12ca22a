import { districtLoads } from "../audit/loads.js";
import { byText } from "../base/order.js";
import { policyTiersOf, totalsOf } from "../compile/tiers.js";
import type { Placement } from "../domain/plan.js";
import { type Comparable, signOf } from "./compare.js";
import { homesIn, type Question, tolerancesOf } from "./question.js";

/** Placements after an exchange, by household. Those that stay keep how far they were decided. */
export const placementsAfter = (question: Question, arcOf: Int32Array): readonly Placement[] => {
  const { view, households } = question.ground();
  const earlier = new Map(question.plan.placements.map((placement) => [placement.household, placement]));
  return households
    .flatMap(({ id }, agent): readonly Placement[] => {
      const dwelling = view.candidates[arcOf[agent] ?? -1]?.dwelling.id;
      if (dwelling === undefined) return [];
      const stays = earlier.get(id);
      return [stays?.dwelling === dwelling ? stays : { household: id, dwelling, status: "proposed" }];
    })
    .sort((a, b) => byText(a.household, b.household));
};

/** The arc of every agent in the plan. A placement that no rule or pin allows has none. */
export const arcsOfPlan = (question: Question): Int32Array => {
  const { view, households } = question.ground();
  const home = homesIn(question.plan);
  return Int32Array.from(
    households,
    ({ id }) => view.candidatesOf(id).find(({ dwelling }) => dwelling.id === home.get(id))?.index ?? -1,
  );
};

/**
 * Placements as a plan would tell them, measured by the objectives alone. What is to be spread is what the plan spread, unless a tier
 * before changes: then it is what these placements bring.
 */
export const sketchOf = (question: Question, placements: readonly Placement[]): Comparable => {
  const { facts, plan } = question;
  const told = { placements };
  const policyTiers = policyTiersOf(facts.problem.policy, tolerancesOf(plan));
  const placedTier = plan.tiers.find(({ name }) => name === "placed");
  const before = policyTiers.find(({ name }) => name === "placed");
  const placed = before?.objective.measure(before.parameters, facts, told, 0).value ?? 0;
  const samePersons = placedTier === undefined || signOf(placed, placedTier.value) === 0;
  const totals = samePersons ? plan.certificate.totals : totalsOf(policyTiers, facts, told);
  return {
    placements,
    districts: districtLoads(facts, told),
    tiers: policyTiers.map(({ name, objective, parameters, sense, unit, tolerance }) => {
      const { value, vector } = objective.measure(parameters, facts, told, totals[name] ?? 0);
      return {
        name,
        value,
        bound: value,
        optimal: false,
        tolerance,
        unit,
        sense,
        ...(vector === undefined ? {} : { vector }),
      };
    }),
  };
};
