import type { LegalBasis, Localised } from "../base/words.js";
import { policyTiersOf } from "../compile/tiers.js";
import { compare } from "../plans/compare.js";
import { type Exchange, exchangesOf } from "../plans/exchange.js";
import { type Question, tolerancesOf } from "../plans/question.js";
import { arcsOfPlan, placementsAfter, sketchOf } from "../plans/sketch.js";
import { boardOf } from "../plans/tally.js";

/** One aim, in the policy's order, and what it did among the dwellings that the rules had left. */
export interface Consideration {
  readonly tier: string;
  readonly objective: string;
  readonly title: Localised;
  readonly sense: "min" | "max";
  readonly unit: string;
  readonly legalBasis: readonly LegalBasis[];
  /** It looks at all households together (the spread over districts), so that no part of it is one household's own. */
  readonly collective: boolean;
  /** What the household adds to it in the proposed dwelling, in the unit; null where it is collective or the household is unplaced. */
  readonly own: number | null;
  /**
   * Other dwellings that this aim settled: in the best plan found with such a dwelling this is the first aim that is worse. Every aim
   * before it is as good.
   */
  readonly settled: readonly string[];
}

export interface Considerations {
  readonly tiers: readonly Consideration[];
  /** Other dwellings with which a plan just as good was found. */
  readonly asGood: readonly string[];
  /** Other dwellings with which no plan was found by moving a few others. */
  readonly notReached: readonly string[];
}

/** Per other dwelling, the first tier that is worse with it, by the best plan found along a short chain of households. */
const deciding = (question: Question, found: readonly Exchange[]): ReadonlyMap<string, string | null> => {
  const { view } = question.ground();
  return new Map(
    found.map(({ arc, arcOf }) => {
      const after = sketchOf(question, placementsAfter(question, arcOf));
      return [view.candidates[arc]?.dwelling.id ?? "", compare(question.plan, after).decidedBy];
    }),
  );
};

/** The aims in the policy's order, and which of them spoke against each other dwelling. */
export const considerationsOf = (
  question: Question,
  given: { readonly household: string; readonly home: string | null; readonly left: readonly string[] },
): Considerations => {
  const { facts, plan } = question;
  const { household, home, left } = given;
  const { model, households } = question.model();
  const agent = households.findIndex(({ id }) => id === household);
  const found = exchangesOf(boardOf(model), arcsOfPlan(question), { agent, links: 1 });
  const decidedBy = deciding(question, found);
  const others = left.filter((dwelling) => dwelling !== home);
  const alone = home === null ? [] : [{ household, dwelling: home, status: "proposed" as const }];
  const tiers = policyTiersOf(facts.problem.policy, tolerancesOf(plan)).map(
    ({ name, objective, parameters, sense, unit }, index): Consideration => {
      const compiled = model.tiers[index];
      const collective = compiled?.convex !== undefined || compiled?.leximax !== undefined;
      return {
        tier: name,
        objective: objective.id,
        title: objective.title,
        sense,
        unit,
        legalBasis: objective.legalBasis,
        collective,
        own: collective || home === null ? null : objective.measure(parameters, facts, { placements: alone }, 0).value,
        settled: others.filter((dwelling) => decidedBy.get(dwelling) === name),
      };
    },
  );
  return {
    tiers,
    asGood: others.filter((dwelling) => decidedBy.get(dwelling) === null),
    notReached: others.filter((dwelling) => !decidedBy.has(dwelling)),
  };
};
