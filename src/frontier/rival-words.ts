import type { Locale, Localised } from "../base/words.js";
import type { Measure } from "../domain/measure.js";
import type { EvennessMethod } from "../domain/policy.js";
import { counted, METHOD_WORDS } from "../view/targets-words.js";

interface Told {
  readonly measure: Measure;
  readonly method: EvennessMethod;
  readonly rival: EvennessMethod;
  /** No plan is best by both. */
  readonly proven: boolean;
  /** No plan is better by the rival than the one that is told. */
  readonly best: boolean;
  readonly differences: readonly { readonly name: string; readonly placed: number; readonly rivalPlaced: number }[];
}

/** At most so many areas are named. */
const NAMED = 6;

const sentence = ({ measure, method, rival, proven, best, differences }: Told, locale: Locale): string => {
  const own = METHOD_WORDS[method];
  const other = METHOD_WORDS[rival];
  const listed = differences
    .slice(0, NAMED)
    .map(({ name, placed, rivalPlaced }) =>
      locale === "da"
        ? `${name} ${counted(measure, rivalPlaced, locale)} i stedet for ${placed}`
        : `${name} ${counted(measure, rivalPlaced, locale)} instead of ${placed}`,
    )
    .join(", ");
  const more = differences.length - NAMED;
  const rest = more <= 0 ? "" : locale === "da" ? ` og ${more} andre` : ` and ${more} others`;
  return locale === "da"
    ? `Politikken (${own.name}): ${own.aim.da}. Efter ${other.name} betyder jævnt noget andet: ${other.aim.da}. ${proven ? "Begge dele kan ikke opnås med disse boliger" : "Der blev ikke fundet nogen plan med begge dele, men det er ikke bevist, at der ingen er"}; ${best ? `med ${other.name}` : `i den bedste fundne plan efter ${other.name} (ikke bevist bedst)`} får ${listed}${rest}.`
    : `The policy (${own.name}): ${own.aim.en}. By ${other.name} even means something else: ${other.aim.en}. ${proven ? "These dwellings do not allow both" : "No plan with both was found, though it is not proven that there is none"}; ${best ? `by ${other.name}` : `in the best plan found by ${other.name} (not proven to be the best)`} ${listed}${rest}.`;
};

/** Where two meanings of "even" part, and what each of them looks at. */
export const rivalWords = (told: Told): Localised => ({ da: sentence(told, "da"), en: sentence(told, "en") });
