import type { Locale, Localised } from "../base/words.js";
import { amountOf, type Measure, measureName } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import { canonicalProblem } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { type Facts, factsOf, placedIn, settledIn } from "../view/facts.js";
import { areaTargets } from "../view/targets.js";
import { counted } from "../view/targets-words.js";

/** How an area stands after a plan. Unit: the policy's measure. */
export interface Standing {
  readonly id: string;
  readonly name: string;
  readonly after: number;
  /** Its proportional part of everything settled and placed, a fraction. */
  readonly due: number;
  /** after - due; + = over. */
  readonly deviation: number;
}

/** What can truly be said of a plan's evenness when a batch is small. */
export interface NextInLine {
  readonly level: string;
  readonly measure: string;
  readonly households: number;
  readonly areas: number;
  /**
   * Areas with weight that no plan of so many households could reach: more than 0 means that this batch cannot be even on its own.
   */
  readonly outOfReach: number;
  /** Whom the policy's method would give the next arrival; null where nobody can be due. */
  readonly next: Standing | null;
  /** Every area with weight, furthest below its part first. */
  readonly standings: readonly Standing[];
  readonly words: Localised;
}

const settledWith = (facts: Facts, plan: Pick<Plan, "placements">, measure: Measure): Facts => {
  const placed = placedIn(facts, plan);
  const name = measureName(measure);
  const districts = facts.problem.districts.map((district) => ({
    ...district,
    settled: {
      ...district.settled,
      [name]: placed
        .filter(({ dwelling }) => dwelling.district === district.id)
        .reduce((sum, { household }) => sum + amountOf(measure, household), district.settled[name] ?? 0),
    },
  }));
  // Limits on arrivals belong to this plan; those that count what is settled go on.
  const quotas = facts.problem.quotas.filter(({ counting }) => counting === "cumulative");
  return factsOf({ ...facts.problem, districts, quotas });
};

type Story = Omit<NextInLine, "words">;

const sentences = (story: Story, measure: Measure, locale: Locale): string => {
  const { households, areas, outOfReach, next, standings } = story;
  const many = (value: number) => counted(measure, Math.round(value * 10) / 10, locale);
  const lowest = standings.filter(({ deviation }) => deviation <= -1).slice(0, 3);
  const list = lowest.map(({ name, deviation }) => `${name} (${many(-deviation)})`).join(", ");
  if (locale === "da") {
    const batch =
      households === 0
        ? "Ingen ny husstand får bolig med denne plan."
        : outOfReach > 0
          ? `Denne runde kan ikke være jævn i sig selv: ${households === 1 ? "1 husstand" : `${households} husstande`} kan højst nå ${households} af ${areas} distrikter.`
          : "";
    const far =
      lowest.length === 0 ? "Intet distrikt mangler en hel person eller mere." : `Længst under deres andel: ${list}.`;
    return [batch, far, next === null ? "" : `Efter denne plan står ${next.name} for tur.`].filter(Boolean).join(" ");
  }
  const batch =
    households === 0
      ? "No new household gets a home by this plan."
      : outOfReach > 0
        ? `This batch cannot be even on its own: ${households === 1 ? "1 household" : `${households} households`} can reach ${households} of ${areas} districts at most.`
        : "";
  const far = lowest.length === 0 ? "No district lacks a whole one or more." : `Furthest below their part: ${list}.`;
  return [batch, far, next === null ? "" : `After this plan ${next.name} is next.`].filter(Boolean).join(" ");
};

/**
 * How the areas of a level stand after a plan, counting what was settled before, and whose turn is next: with a handful of arrivals
 * a plan cannot be even by itself, but it can be said where the next ones are due.
 *
 * Formula: due_d = share_d * (sum of settled and placed); next = the area to which the policy's method gives one more.
 * @throws ProblemError where the problem has faults.
 */
export const nextInLine = (
  problem: unknown,
  plan: Pick<Plan, "placements">,
  options: { readonly level?: string } = {},
): NextInLine => {
  const facts = factsOf(canonicalProblem(parseProblem(problem)));
  const { evenness } = facts.problem.policy;
  const level = options.level ?? evenness.levels.at(-1) ?? "district";
  const after = settledWith(facts, plan, evenness.measure);
  const one = areaTargets(after, { level, evenness: { ...evenness, counting: "cumulative" } }, 1);
  const due = one.filter(({ weight }) => weight > 0);
  const total = one.reduce((sum, { area }) => sum + settledIn(area, evenness.measure), 0);
  const standings = due
    .map(({ area, share, before }): Standing => {
      const part = share * total;
      return { id: area.id, name: area.name, after: before, due: part, deviation: before - part };
    })
    .sort((a, b) => a.deviation - b.deviation);
  const nextId = due.find(({ target }) => target > 0)?.area.id;
  const households = placedIn(facts, plan).length;
  const story: Story = {
    level,
    measure: measureName(evenness.measure),
    households,
    areas: due.length,
    outOfReach: Math.max(0, due.length - households),
    next: standings.find(({ id }) => id === nextId) ?? null,
    standings,
  };
  return {
    ...story,
    words: { da: sentences(story, evenness.measure, "da"), en: sentences(story, evenness.measure, "en") },
  };
};
