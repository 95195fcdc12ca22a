import type { Locale, Localised } from "../base/words.js";
import type { Question } from "../plans/question.js";
import type { Settled } from "./considerations.js";
import type { Explanation } from "./explanation.js";
import { formatIn } from "./format.js";
import {
  alternativeTold,
  basisTold,
  clashTold,
  factsTold,
  relaxationTold,
  type Teller,
  tellerOf,
  titleOf,
} from "./tell.js";
import type { UsedFact } from "./used-facts.js";

type Story = Omit<Explanation, "text">;

/** A heading and what stands under it; lines of a list begin with a dash or a number. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const dashed = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`);

const rulesSection = (teller: Teller, { funnel, proposal }: Story): Section => {
  const { words, locale } = teller;
  const telling = funnel.steps.filter(({ ruledOut }) => ruledOut.length > 0);
  const silent = funnel.steps.filter(({ ruledOut }) => ruledOut.length === 0).map(({ title }) => title[locale]);
  const steps = telling.map(({ title, legalBasis, ruledOut, left, absolute, example }) =>
    words.step({
      title: title[locale],
      basis: basisTold(teller, legalBasis),
      ruledOut: ruledOut.length,
      left,
      absolute,
      example: example === null ? null : { dwelling: example.dwelling, sentence: example.sentence[locale] },
    }),
  );
  return {
    title: words.sections.rules,
    lines: [
      words.dwellingsAtAll(funnel),
      ...dashed(steps),
      ...(silent.length === 0 ? [] : [words.silentRules(formatIn(locale).and(silent))]),
      words.left({ count: funnel.left.length, placed: proposal !== null }),
    ],
  };
};

/** More dwellings than this are counted, not listed. */
const MOST_LISTED = 6;

const estimatedTold = ({ locale }: Teller, settled: readonly Settled[]): { estimated: string; others: number } => {
  const found = settled.filter(({ certainty }) => certainty !== "exact").map(({ dwelling }) => dwelling);
  return { estimated: found.length > MOST_LISTED ? "" : formatIn(locale).or(found), others: found.length };
};

const aimsSection = (teller: Teller, { considerations, proposal, funnel, pin }: Story): Section => {
  const { words, locale, question } = teller;
  const { and, or } = formatIn(locale);
  const others = funnel.left.filter((dwelling) => dwelling !== proposal?.dwelling).length;
  if (others === 0 || pin !== null || !question.plan.outcome.found)
    return { title: words.sections.considerations, lines: [] };
  const spoke = considerations.tiers.filter(({ settled }) => settled.length > 0);
  const silent = considerations.tiers.filter(({ settled }) => settled.length === 0);
  const { asGood, better, notReached } = considerations;
  return {
    title: words.sections.considerations,
    lines: [
      words.aims({ others, placed: proposal !== null, proven: isProvenBest(question.plan) }),
      ...spoke.map(
        ({ tier, settled, own, legalBasis }, i) =>
          `${i + 1}. ${words.aim({
            tier,
            title: titleOf(teller, tier),
            solved: or(settled.filter(({ certainty }) => certainty === "exact").map(({ dwelling }) => dwelling)),
            ...estimatedTold(teller, settled),
            own: own === null ? null : words.own({ tier, value: own }),
            basis: basisTold(teller, legalBasis),
          })}`,
      ),
      ...(silent.length === 0 ? [] : [words.silentAims(and(silent.map(({ tier }) => titleOf(teller, tier))))]),
      ...(asGood.length === 0 ? [] : [words.asGood(formatIn(locale).or(asGood))]),
      ...(better.length === 0 ? [] : [words.betterFound(or(better))]),
      ...(notReached.length === 0 ? [] : [words.notReached(notReached.length)]),
    ],
  };
};

/** With a tolerance a later aim may have cost an earlier one something. */
const isProvenBest = ({ outcome, tiers }: Question["plan"]): boolean =>
  outcome.status === "optimal" && tiers.every(({ tolerance }) => tolerance === 0);

const drawLine = ({ words, locale }: Teller, { draw, household }: Story): readonly string[] => {
  if (draw === null) return [];
  const { and } = formatIn(locale);
  return [
    words.draw({
      by: draw.by,
      household,
      equals: and(draw.order.map((one) => one.household).filter((one) => one !== household)),
      // How long others have waited is theirs: the order says enough.
      order: and(
        draw.order.map((one) =>
          words.drawn({ ...one, number: draw.by === "number" ? `${one.number.slice(0, 12)}…` : null }),
        ),
      ),
      seed: draw.seed,
    }),
  ];
};

const factsSection = (teller: Teller, { facts }: Story): Section => {
  const { words } = teller;
  const parts: readonly UsedFact["about"][] = ["household", "dwelling", "district"];
  const lines = parts.flatMap((about): readonly string[] => {
    const found = facts.filter((fact) => fact.about === about);
    if (about === "district") return found.map((fact) => `${words.about.district}: ${factsTold(teller, [fact])}.`);
    return found.length === 0 ? [] : [`${words.about[about]}: ${factsTold(teller, found, "; ")}.`];
  });
  return { title: words.sections.facts, lines: [...dashed(lines), words.noOtherFacts] };
};

const alternativesSection = (teller: Teller, { alternatives, proposal }: Story): Section => {
  const { words } = teller;
  return {
    title: words.sections.alternatives,
    lines:
      alternatives.length === 0
        ? [words.noAlternatives({ placed: proposal !== null })]
        : [
            words.alternativesIntro(alternatives.length),
            ...dashed(alternatives.map((one) => alternativeTold(teller, one))),
          ],
  };
};

const contrastSection = (teller: Teller, { contrast }: Story): Section => {
  const { words, locale } = teller;
  if (contrast === null) return { title: words.sections.contrast, lines: [] };
  const { dwelling, isProposed, barriers, alternative, clash } = contrast;
  const sentences = barriers.map(({ sentence }) => sentence[locale]);
  const members = (clash?.members ?? []).map(({ rule, title, subject }) =>
    words.clashMember({ rule, title: title[locale], subject }),
  );
  return {
    title: words.sections.contrast,
    lines: [
      ...(isProposed ? [words.proposedItself(dwelling)] : []),
      ...(barriers.length === 0
        ? []
        : [words.barred({ dwelling, sentences, absolute: barriers.some(({ absolute }) => absolute) })]),
      ...(alternative === null ? [] : [alternativeTold(teller, alternative)]),
      ...(clash === null ? [] : [words.impossible({ dwelling, members: formatIn(locale).and(members) })]),
    ],
  };
};

const housingSections = (teller: Teller, { clashes, relaxations, proposal }: Story): readonly Section[] => {
  const { words, question } = teller;
  if (proposal !== null) return [];
  const clash = { title: words.sections.clash, lines: dashed(clashes.map((one) => clashTold(teller, one))) };
  if (!question.plan.outcome.found) return [clash];
  const told = relaxations.map((one) => relaxationTold(teller, one));
  return [
    clash,
    {
      title: words.sections.relaxations,
      lines: told.length === 0 ? [words.noRelaxations] : [words.relaxationsIntro(told.length), ...dashed(told)],
    },
  ];
};

const opening = (teller: Teller, { household, proposal, pin, setAside }: Story): readonly string[] => {
  const { words, question, locale } = teller;
  const dwelling = question.facts.dwelling(proposal?.dwelling ?? "");
  const who = question.facts.household(household);
  if (proposal === null || dwelling === undefined || who === undefined)
    return [words.heading(household), question.plan.outcome.found ? words.unplaced : words.noPlan];
  const facts = factsTold(teller, dwellingHeadline(teller, proposal.dwelling));
  return [
    words.heading(household),
    words.placed({ dwelling: proposal.dwelling, facts }),
    ...(pin === null ? [] : [words.pinned(pin)]),
    ...(pin === null || setAside.length === 0
      ? []
      : [words.setAside({ sentences: setAside.map(({ sentence }) => sentence[locale]), legalBasis: pin.legalBasis })]),
  ];
};

/** Where a dwelling lies and how large it is: enough to know it by. */
const dwellingHeadline = ({ question }: Teller, id: string): readonly UsedFact[] => {
  const dwelling = question.facts.dwelling(id);
  if (dwelling === undefined) return [];
  const district = question.facts.district(dwelling.district)?.name || dwelling.district;
  return [
    { about: "dwelling", code: "district", values: { district } },
    { about: "dwelling", code: "rooms", values: { rooms: dwelling.rooms } },
  ];
};

/** What cannot be seen from the explanation itself. */
interface Asked {
  readonly alternativesAsked: boolean;
}

const textIn = (
  { question, story, alternativesAsked }: { question: Question; story: Story } & Asked,
  locale: Locale,
): string => {
  const teller = tellerOf(question, locale);
  const { words } = teller;
  const aims = aimsSection(teller, story);
  const sections: readonly Section[] = [
    rulesSection(teller, story),
    { ...aims, lines: [...aims.lines, ...drawLine(teller, story)] },
    factsSection(teller, story),
    ...housingSections(teller, story),
    ...(question.plan.outcome.found && alternativesAsked ? [alternativesSection(teller, story)] : []),
    contrastSection(teller, story),
    { title: words.sections.open, lines: [...dashed(words.open), words.proposalOnly] },
  ];
  const told = sections.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => [title, ...lines].join("\n"));
  return [opening(teller, story).join("\n"), ...told].join("\n\n");
};

/** An explanation as text, in every language. */
export const textsOf = (question: Question, story: Story, asked: Asked): Localised => ({
  da: textIn({ question, story, ...asked }, "da"),
  en: textIn({ question, story, ...asked }, "en"),
});
