import type { Locale } from "../base/words.js";
import { OBJECTIVES } from "../objectives/kinds.js";
import { RULES } from "../rules/kinds.js";
import type { Messages } from "./messages.js";
import { messagesIn } from "./messages-in.js";
import { type Numbers, numbersIn } from "./numbers.js";
import type { PlacementRow } from "./summary.js";

/** Everything that depends on the language. */
export interface Wording {
  readonly locale: Locale;
  readonly texts: Messages;
  readonly numbers: Numbers;
}

export const wordingIn = (locale: Locale): Wording => ({
  locale,
  texts: messagesIn(locale),
  numbers: numbersIn(locale),
});

/** A tier's title, with its level where evenness has several: `Even spread (district)`. */
export const tierTitle = (name: string, { locale, texts }: Wording): string => {
  const [tier, level] = name.split("/");
  const title = OBJECTIVES.find((objective) => objective.tier === tier)?.title[locale];
  if (title === undefined) return name;
  return level === undefined ? title : `${title} (${texts.level(level)})`;
};

export const ruleTitle = (id: string, { locale }: Wording): string =>
  RULES.find((rule) => rule.id === id)?.title[locale] ?? id;

/** Distances, wishes and needs that the proposed home meets or not. */
export const placementFacts = (row: PlacementRow, { texts, numbers }: Wording): readonly string[] => [
  ...(row.pinned ? [texts.pinned] : []),
  ...(row.listed ? [texts.listed] : []),
  ...(row.household.needs.stepFree ? [texts.stepFree] : []),
  ...(row.wishMet === null ? [] : [row.wishMet ? texts.wish.met : texts.wish.notMet]),
  ...row.near.map(({ kind, km, withinKm, met, required }) =>
    km === null
      ? texts.nearUnknown(texts.serviceKind(kind))
      : texts.near({
          kind: texts.serviceKind(kind),
          km: numbers.number(km),
          withinKm: numbers.number(withinKm),
          met,
          required,
        }),
  ),
];
