import type { Locale, Localised } from "../base/words.js";
import { OBJECTIVES } from "../objectives/kinds.js";
import type { Facts } from "../view/facts.js";
import { counted } from "../view/targets-words.js";
import type { FrontierPoint } from "./point.js";

const UNITS: Readonly<Record<string, string>> = {
  "person-km": "personkilometer",
  "spare rooms": "rum i overskud",
  "wish points": "ønskepoint",
  "currency/month": "kr. pr. måned",
  days: "dage",
  "households kept": "fastholdte husstande",
  households: "husstande",
  persons: "personer",
  "priority-persons": "prioriterede personer",
  "households over the limit": "husstande over grænsen",
  "households of company lacking": "manglende husstande i nærheden",
};

const format = (locale: Locale, decimals: number) =>
  new Intl.NumberFormat(locale === "da" ? "da-DK" : "en-GB", { maximumFractionDigits: decimals });

interface Told {
  readonly against: string;
  readonly unit: string;
  readonly points: readonly FrontierPoint[];
}

/** "1,099 instead of 1,002 person-km, 9.7% more" */
const difference = (locale: Locale, unit: string, [even, fit]: readonly [number, number]): string => {
  const n = (value: number) => format(locale, 1).format(value);
  const percent = fit === 0 ? "" : `, ${format(locale, 1).format((Math.abs(even - fit) / Math.abs(fit)) * 100)}`;
  const sign = even > fit;
  return locale === "da"
    ? `${n(even)} i stedet for ${n(fit)} ${UNITS[unit] ?? unit}${percent === "" ? "" : `${percent} % ${sign ? "mere" : "mindre"}`}`
    : `${n(even)} instead of ${n(fit)} ${unit}${percent === "" ? "" : `${percent}% ${sign ? "more" : "less"}`}`;
};

const titleOf = (tier: string, locale: Locale): string =>
  OBJECTIVES.find((objective) => objective.tier === tier)?.title[locale] ?? tier;

const sentence = (facts: Facts, { against, unit, points }: Told, locale: Locale): string => {
  const even = points[0];
  const fit = points.at(-1);
  const title = titleOf(against, locale).toLowerCase();
  if (even === undefined || fit === undefined || !even.plan.outcome.found)
    return locale === "da" ? "Ingen plan kan overholde alle regler." : "No plan keeps all rules.";
  if (points.length === 1)
    return locale === "da"
      ? `Jævn fordeling koster intet: den jævneste plan er også den bedste for ${title}.`
      : `Evenness costs nothing: the most even plan is also the best for ${title}.`;
  const measure = facts.problem.policy.evenness.measure;
  const persons = facts.problem.households
    .filter(({ id }) => even.plan.placements.some(({ household }) => household === id))
    .reduce((sum, { members }) => sum + members.length, 0);
  const each = Math.abs(even.other - fit.other) / Math.max(1, persons);
  const eachKm = format(locale, 2).format(each);
  const misplaced = (point: FrontierPoint) => counted(measure, point.spread.at(-1)?.misplaced ?? 0, locale);
  const others = even.plan.tiers
    .filter(({ name }) => name !== against && !name.startsWith("evenness"))
    .flatMap(({ name, value, unit: tierUnit }) => {
      const other = fit.values[name] ?? value;
      return other === value ? [] : [`${titleOf(name, locale)}: ${difference(locale, tierUnit, [value, other])}`];
    });
  const rest = others.length === 0 ? "" : ` ${others.join("; ")}.`;
  const km =
    unit !== "person-km"
      ? ""
      : locale === "da"
        ? ` (${eachKm} km pr. person, alle daglige mål lagt sammen)`
        : ` (${eachKm} km per person, all daily destinations added)`;
  return locale === "da"
    ? `Den jævneste plan koster: ${title} ${difference(locale, unit, [even.other, fit.other])}${km}.${rest} Til gengæld bor ${misplaced(even)} i stedet for ${misplaced(fit)} et andet sted, end en jævn fordeling tilsiger.`
    : `The price of the most even plan: ${title} ${difference(locale, unit, [even.other, fit.other])}${km}.${rest} In return, ${misplaced(even)} instead of ${misplaced(fit)} live elsewhere than an even spread would have it.`;
};

/** What evenness costs and brings, from one end of the frontier to the other. */
export const frontierWords = (facts: Facts, told: Told): Localised => ({
  da: sentence(facts, told, "da"),
  en: sentence(facts, told, "en"),
});
