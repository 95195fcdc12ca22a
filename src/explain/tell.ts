import type { LegalBasis, Locale } from "../base/words.js";
import { dwelling as dwellingSchema } from "../domain/dwelling.js";
import type { ChangeRequest } from "../plans/changes.js";
import type { Comparison } from "../plans/compare.js";
import type { Question } from "../plans/question.js";
import { RULES } from "../rules/kinds.js";
import type { Facts } from "../view/facts.js";
import type { Alternative } from "./alternatives.js";
import type { Clash } from "./clash.js";
import { formatIn } from "./format.js";
import { da } from "./messages/da.js";
import { en } from "./messages/en.js";
import { clashKind, type Messages } from "./messages/messages.js";
import type { Relaxation } from "./relaxations.js";
import { nameOf, type UsedFact } from "./used-facts.js";

const MESSAGES: Readonly<Record<Locale, Messages>> = { da, en };

/** What sentences are made with: a language and the question they answer. */
export interface Teller {
  readonly question: Question;
  readonly locale: Locale;
  readonly words: Messages;
}

export const tellerOf = (question: Question, locale: Locale): Teller => ({ question, locale, words: MESSAGES[locale] });

/** Amounts below this are rounding. */
const NOTHING = 1e-6;

/** Laws and practice before choices, which are told only where there is nothing else. */
export const basisTold = ({ words, locale }: Teller, legalBasis: readonly LegalBasis[]): string => {
  const weighty = legalBasis.filter(({ kind }) => kind !== "choice");
  return formatIn(locale).and((weighty.length > 0 ? weighty : legalBasis).map(({ text }) => words.legal(text)));
};

/** Facts hold commas of their own where they list something: then a semicolon parts them. */
export const factsTold = ({ words }: Teller, facts: readonly UsedFact[], separator = ", "): string =>
  facts.map(({ code, values }) => words.fact[code](values)).join(separator);

/** An aim by its name in the plan: the spread names its level where there are several. */
export const titleOf = ({ question, locale, words }: Teller, tier: string): string => {
  const title = question.model().tiers.find(({ name }) => name === tier)?.objective.title[locale] ?? tier;
  const [, level] = tier.split("/");
  return level === undefined ? title : words.titleBetween({ title, level });
};

const areaName = (facts: Facts, level: string, id: string): string =>
  facts.areas(level).find((area) => area.id === id)?.name || id;

type Costs = Pick<Comparison, "districts"> & { readonly tiers: readonly Omit<Comparison["tiers"][number], "proven">[] };

/** What the aims gain or pay, in words; for the spread the areas that change. `amountOf` may take a household's own part out. */
export const changesTold = (
  teller: Teller,
  { tiers, districts }: Costs,
  amountOf: (tier: Costs["tiers"][number]) => number = ({ change }) => change,
): readonly string[] => {
  const { question, words } = teller;
  const { levels } = question.facts.problem.policy.evenness;
  return tiers.flatMap((tier): readonly string[] => {
    const amount = amountOf(tier);
    const isSpread = tier.name.startsWith("evenness");
    if (isSpread ? tier.effect === "same" : Math.abs(amount) < NOTHING) return [];
    const level = tier.name.split("/")[1] ?? levels[0];
    const areas = districts
      .filter((row) => isSpread && row.level === level && row.placed.before !== row.placed.after)
      .map((row) =>
        words.area({
          area: areaName(question.facts, row.level, row.id),
          ...row.placed,
          target: row.placed.after - row.deviation.after,
          measure: row.measure,
        }),
      );
    const isOther = isSpread && tiers.some(({ name, effect }) => name === "placed" && effect !== "same");
    // Of several levels the finest says it all.
    if (isOther && (areas.length === 0 || tier !== tiers.findLast(({ name }) => name.startsWith("evenness"))))
      return [];
    const better = isSpread ? tier.effect === "better" : amount < 0 === (tier.sense === "min");
    const title = titleOf(teller, tier.name);
    return [
      words.change({
        tier: tier.name,
        title,
        unit: tier.unit,
        amount: Math.abs(amount),
        effect: isOther ? "other" : better ? "better" : "worse",
        areas,
      }),
    ];
  });
};

export const alternativeTold = (teller: Teller, alternative: Alternative): string => {
  const { words, locale } = teller;
  const { own, tiers, moves, household, overrides, districts } = alternative;
  const ownOf = new Map(own.map((change) => [change.tier, change]));
  const others = moves.filter((move) => move.household !== household);
  return words.alternative({
    dwelling: alternative.dwelling,
    facts: factsTold(teller, alternative.facts),
    exact: alternative.certainty === "exact",
    housed: own.some(({ before }) => before === null),
    verdict: {
      effect: alternative.verdict,
      title: alternative.decidedBy === null ? "" : titleOf(teller, alternative.decidedBy),
    },
    own: changesTold(teller, { tiers: tiers.filter(({ name }) => ownOf.has(name)), districts: [] }, ({ name }) => {
      const change = ownOf.get(name);
      // That it has a home at all is not told as a gain in persons.
      return change === undefined || name === "placed" ? 0 : change.after - (change.before ?? 0);
    }),
    everyone: changesTold(teller, { tiers, districts }, ({ name, change }) => ownOf.get(name)?.others ?? change),
    movers: others.filter(({ from, to }) => from !== null && to !== null).length,
    losers: others.filter(({ to }) => to === null).length,
    overrides: overrides.map(({ sentence }) => sentence[locale]),
  });
};

export const clashTold = ({ words, locale }: Teller, clash: Clash): string => {
  const { and } = formatIn(locale);
  const members = clash.members.map(({ rule, title, subject }) =>
    words.clashMember({ rule, title: title[locale], subject }),
  );
  return words.clash({
    kind: clashKind(clash),
    members: and(members),
    count: members.length,
    households: and(clash.households),
    personsLost: clash.personsLost,
    minimal: clash.minimal,
    nearest:
      clash.nearest === null
        ? null
        : { dwelling: clash.nearest.dwelling, sentences: clash.nearest.sentences.map((sentence) => sentence[locale]) },
  });
};

/** A change that was asked for, as a sentence. */
export const changeTold = (
  teller: Teller,
  change: ChangeRequest,
  { overrides }: Pick<Relaxation, "overrides">,
): string => {
  const { words, locale, question } = teller;
  const say = words.relaxation;
  if (change.kind === "pin")
    return say.override({ dwelling: change.dwelling, sentences: overrides.map(({ sentence }) => sentence[locale]) });
  if (change.kind === "change-quota")
    return say.quota({ quota: change.quota, max: change.max ?? null, min: change.min ?? null });
  if (change.kind === "unpin") return say.unpin(change.household);
  if (change.kind === "allow") return say.allow(change.dwelling);
  if (change.kind === "unlink") return say.unlink(formatIn(locale).and(change.households));
  if (change.kind === "switch-off")
    return say.switchOff(RULES.find(({ id }) => id === change.rule)?.title[locale] ?? change.rule);
  if (change.kind !== "add-dwelling") return change.kind;
  const { rooms, maxPersons, district, rent, stepFree, id } = dwellingSchema.parse(change.dwelling);
  return say.add({
    dwelling: id,
    facts: "",
    rooms,
    persons: maxPersons,
    district: nameOf(question.facts, district),
    rent,
    stepFree,
  });
};

/** What would house a household, and what the plan as a whole pays for it. */
export const relaxationTold = (teller: Teller, relaxation: Relaxation): string => {
  const { words, locale } = teller;
  const { changes, dwelling, comparison } = relaxation;
  const lost = comparison.moves.filter(({ to }) => to === null).map(({ household }) => household);
  const isNamed = changes.some(({ kind }) => kind === "pin" || kind === "add-dwelling");
  const told = words.housedIn({
    dwelling: isNamed ? null : dwelling,
    losers: formatIn(locale).and(lost),
    pays: changesTold(teller, comparison),
  });
  return [...changes.map((change) => changeTold(teller, change, relaxation)), told].join(" ");
};
