import type { LegalBasis, Localised } from "../base/words.js";
import { policyTiersOf } from "../compile/tiers.js";
import { compare, type Effect } from "../plans/compare.js";
import { exchangesOf } from "../plans/exchange.js";
import { type Question, tolerancesOf } from "../plans/question.js";
import type { Certainty, Recommendation } from "../plans/recommend.js";
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
  /** Other dwellings that this aim settled: with such a dwelling it is the first aim that is worse; every aim before is as good. */
  readonly settled: readonly Settled[];
}

/**
 * `exact`: by a plan solved again with the dwelling. `at most`: by the best plan found along a short chain of households; a full solve
 * may find that it is a later aim that speaks against it, or none.
 */
export interface Settled {
  readonly dwelling: string;
  readonly certainty: Certainty;
}

export interface Considerations {
  readonly tiers: readonly Consideration[];
  /** Other dwellings with which a plan just as good exists. */
  readonly asGood: readonly string[];
  /** Other dwellings with which a better plan was found, which only a plan that is not proven best, or a person's pin, leaves room for. */
  readonly better: readonly string[];
  /** Other dwellings with which no plan was found by moving a few others. */
  readonly notReached: readonly string[];
}

interface Deciding {
  readonly by: string | null;
  readonly verdict: Effect;
  readonly certainty: Certainty;
}

/** Per other dwelling, the first tier that is worse with it. */
const decidingOf = (
  question: Question,
  household: string,
  solved: readonly Recommendation[],
): ReadonlyMap<string, Deciding> => {
  const { view } = question.ground();
  const { model, households } = question.model();
  const agent = households.findIndex(({ id }) => id === household);
  const chains = exchangesOf(boardOf(model), arcsOfPlan(question), { agent, links: 1 });
  const found = chains.map(({ arc, arcOf }): readonly [string, Deciding] => {
    const after = sketchOf(question, placementsAfter(question, arcOf));
    const { decidedBy, verdict } = compare(question.plan, after);
    // A plan just as good is proof enough: none can be better than one that is proven best.
    const certainty = decidedBy === null && question.plan.outcome.status === "optimal" ? "exact" : "at most";
    return [view.candidates[arc]?.dwelling.id ?? "", { by: decidedBy, verdict, certainty }];
  });
  const exact = solved.map(({ dwelling, decidedBy, verdict, certainty }): readonly [string, Deciding] => [
    dwelling,
    { by: decidedBy, verdict, certainty },
  ]);
  return new Map([...found, ...exact]);
};

/** The aims in the policy's order, and which of them spoke against each other dwelling. */
export const considerationsOf = (
  question: Question,
  given: {
    readonly household: string;
    readonly home: string | null;
    readonly left: readonly string[];
    /** Other dwellings that the plan was solved again with. */
    readonly solved: readonly Recommendation[];
  },
): Considerations => {
  const { facts, plan } = question;
  const { household, home, left, solved } = given;
  const { model } = question.model();
  const deciding = decidingOf(question, household, solved);
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
        settled: others.flatMap((dwelling) => {
          const found = deciding.get(dwelling);
          return found?.by === name && found.verdict === "worse" ? [{ dwelling, certainty: found.certainty }] : [];
        }),
      };
    },
  );
  return {
    tiers,
    asGood: others.filter((dwelling) => deciding.get(dwelling)?.by === null),
    better: others.filter((dwelling) => deciding.get(dwelling)?.verdict === "better"),
    notReached: others.filter((dwelling) => !deciding.has(dwelling)),
  };
};
