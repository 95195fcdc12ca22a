import type { Locale, Localised } from "../base/words.js";
import type { Question } from "../plans/question.js";
import type { Diagnosis } from "./diagnosis.js";
import { DIAGNOSIS_MESSAGES } from "./messages/diagnosis.js";
import { changeTold, clashTold, relaxationTold, tellerOf } from "./tell.js";
import { nameOf } from "./used-facts.js";

type Story = Omit<Diagnosis, "text">;

const dashed = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`);

const textIn = (question: Question, story: Story, locale: Locale): string => {
  const teller = tellerOf(question, locale);
  const words = DIAGNOSIS_MESSAGES[locale];
  const { facts, plan } = question;
  const { infeasible, unplaced, bottlenecks, quotas } = story;
  const none =
    infeasible === null
      ? []
      : [
          [
            words.infeasible,
            clashTold(teller, infeasible.clash),
            ...(infeasible.relaxations.length === 0 ? [] : [words.feasibleIf]),
            ...dashed(
              infeasible.relaxations.map((changes) =>
                changes.map((change) => changeTold(teller, change, { overrides: [] })).join(" "),
              ),
            ),
          ],
        ];
  const each = unplaced.map(({ household, clashes, relaxations }) => [
    words.unplaced(household),
    ...dashed(clashes.map((clash) => clashTold(teller, clash))),
    relaxations.length === 0 ? teller.words.noRelaxations : teller.words.relaxationsIntro(relaxations.length),
    ...dashed(relaxations.map((relaxation) => relaxationTold(teller, relaxation))),
  ]);
  const kinds = bottlenecks.map(({ dwelling, persons, evenness }) => {
    const { district, rooms, maxPersons, rent, stepFree } = dwelling;
    const kind = words.kind({ rooms, persons: maxPersons, district: nameOf(facts, district), rent, stepFree });
    return `${kind}: ${words.gain({ persons, evenness })}`;
  });
  const gains = quotas.map(({ quota, legalBasis, persons, evenness }) =>
    words.quota({ quota, legalBasis, gain: words.gain({ persons, evenness }) }),
  );
  const sections = [
    [words.heading(facts.problem.municipality.name)],
    ...none,
    ...(plan.outcome.found && unplaced.length === 0 ? [[words.allPlaced]] : each),
    ...(plan.outcome.found
      ? [[words.bottlenecks, ...(kinds.length === 0 ? [words.noBottlenecks] : dashed(kinds))]]
      : []),
    ...(gains.length === 0 ? [] : [[words.quotas, ...dashed(gains)]]),
  ];
  return sections.map((lines) => lines.join("\n")).join("\n\n");
};

/** A diagnosis as text, in every language. */
export const diagnosisTexts = (question: Question, story: Story): Localised => ({
  da: textIn(question, story, "da"),
  en: textIn(question, story, "en"),
});
