import type { Dwelling } from "../domain/dwelling.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { type ChangeRequest, changed } from "../plans/changes.js";
import { compare, type Effect, type TierChange } from "../plans/compare.js";
import type { Question } from "../plans/question.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import { parseProblem } from "../problem/parse-problem.js";
import { withoutLaterTiers } from "./clash.js";
import { scarceDwellings } from "./scarce.js";
import { dwellingFor, dwellingLike } from "./wanted.js";

/** What a change would bring, from a plan solved again with it. */
export interface Gain {
  readonly changes: readonly ChangeRequest[];
  /** More persons with a home. */
  readonly persons: number;
  /** What it does to the spread, where as many persons have a home as before; null where it was not solved that far. */
  readonly evenness: Effect | null;
  /** The tiers that were solved, in order. */
  readonly tiers: readonly TierChange[];
}

/** One more dwelling of a kind that is scarce. */
export interface Bottleneck extends Gain {
  readonly dwelling: Pick<Dwelling, "district" | "rooms" | "maxPersons" | "rent" | "stepFree">;
}

/** What a quota keeps from being done. */
export interface QuotaGain extends Gain {
  readonly quota: string;
  readonly legalBasis: string;
}

/** Districts tried for a dwelling that would make the spread more even. */
const MOST_DISTRICTS = 3;

/** The problem with the tiers up to the last that spreads. */
const throughEvenness = (problem: Problem): Problem => {
  const { tiers } = problem.policy;
  const last = tiers.findLastIndex(({ tier }) => tier === "evenness");
  return parseProblem({ ...problem, policy: { ...problem.policy, tiers: tiers.slice(0, last + 1) } });
};

const personsIn = ({ tiers }: Pick<Plan, "tiers">): number => tiers.find(({ name }) => name === "placed")?.value ?? 0;

const spreadEffect = (tiers: readonly TierChange[]): Effect | null =>
  tiers.length === 0 ? null : (tiers.find(({ effect }) => effect !== "same")?.effect ?? "same");

/** Solve with the change: first who has a home, then, where that is the same, how even it is. */
const gainOf = (question: Question, changes: readonly ChangeRequest[], options: ResolveOptions): Gain => {
  const { plan } = question;
  const after = changed(question, changes);
  const short = resolve(withoutLaterTiers(question, after), { ...options, plan });
  const persons = personsIn(short) - personsIn(plan);
  if (persons !== 0) return { changes, persons, evenness: null, tiers: compare(plan, short).tiers };
  const { tiers } = compare(plan, resolve(throughEvenness(after), { ...options, plan }));
  const spread = tiers.filter(({ name }) => name.split("/")[0] === "evenness");
  return { changes, persons, evenness: spreadEffect(spread), tiers };
};

const kindOf = ({ district, rooms, maxPersons, rent, stepFree }: Dwelling): string =>
  JSON.stringify([district, rooms, maxPersons, rent, stepFree]);

/**
 * Kinds worth trying: just what each unplaced household needs, in the district that it would burden least; in the districts that
 * lack most, what a household of a district over its target needs; and one more of what the proof prices highest.
 */
const wanted = (question: Question): readonly Dwelling[] => {
  const { plan, facts } = question;
  const rows = plan.districts
    .filter(({ level }) => level === "district")
    .map(({ id, target, placed }) => ({ id, over: placed - target }))
    .sort((a, b) => a.over - b.over);
  const lacking = rows.filter(({ over }) => over < 0).slice(0, MOST_DISTRICTS);
  const unplaced = plan.unplaced.flatMap(({ household }) => facts.household(household) ?? []);
  const over = new Set(rows.filter((row) => row.over > 0).map(({ id }) => id));
  const movable = plan.placements
    .filter(({ dwelling }) => over.has(facts.dwelling(dwelling)?.district ?? ""))
    .flatMap(({ household }) => facts.household(household) ?? []);
  const evening = lacking.flatMap(({ id, over: short }) => {
    // The largest household that would not overshoot evens out most.
    const fitting = movable.filter(({ members }) => members.length <= -short);
    const largest = fitting.reduce<(typeof movable)[number] | null>(
      (best, one) => (best === null || one.members.length > best.members.length ? one : best),
      null,
    );
    return largest === null ? [] : [dwellingFor(question, largest, id)];
  });
  const needed = unplaced.map((household) => dwellingLike(question, household));
  const all = [...needed, ...evening, ...scarceDwellings(question)].filter(
    (dwelling): dwelling is Dwelling => dwelling !== null,
  );
  return [...new Map(all.map((dwelling) => [kindOf(dwelling), dwelling])).values()];
};

const byWorth = (a: Gain, b: Gain): number =>
  b.persons - a.persons || Number(b.evenness === "better") - Number(a.evenness === "better");

/** Which kind of dwelling, where, would house how many more persons or make the spread more even; each solved again, those without gain left out. */
export const bottlenecksOf = (question: Question, options: ResolveOptions): readonly Bottleneck[] =>
  wanted(question)
    .map((dwelling): Bottleneck => {
      const { district, rooms, maxPersons, rent, stepFree } = dwelling;
      const gain = gainOf(question, [{ kind: "add-dwelling", dwelling }], options);
      return { ...gain, dwelling: { district, rooms, maxPersons, rent, stepFree } };
    })
    .filter(({ persons, evenness }) => persons > 0 || evenness === "better")
    .sort(byWorth);

/** What would be gained by lifting each quota, one at a time; a quota that costs nothing is told too, with a gain of nothing. */
export const quotaGainsOf = (question: Question, options: ResolveOptions): readonly QuotaGain[] =>
  question.facts.problem.quotas
    .map(({ id, legalBasis }): QuotaGain => {
      const gain = gainOf(question, [{ kind: "change-quota", quota: id, min: 0, max: null }], options);
      return { ...gain, quota: id, legalBasis };
    })
    .sort(byWorth);
