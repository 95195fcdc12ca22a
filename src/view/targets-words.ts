import type { Locale, Localised } from "../base/words.js";
import { type Measure, measureName } from "../domain/measure.js";
import type { EvennessMethod, EvennessPolicy } from "../domain/policy.js";
import type { AreaTarget } from "./targets.js";
import { weightName } from "./targets-weights.js";

/** Loads are told per this many of the weight. */
const PER = 1000;

const formats: Readonly<Record<Locale, (decimals: number) => Intl.NumberFormat>> = {
  da: (maximumFractionDigits) => new Intl.NumberFormat("da-DK", { maximumFractionDigits }),
  en: (maximumFractionDigits) => new Intl.NumberFormat("en-GB", { maximumFractionDigits }),
};

const told = (locale: Locale, value: number, decimals = 1): string => formats[locale](decimals).format(value);

interface Noun {
  readonly one: string;
  readonly many: string;
}

const NOUNS: Readonly<Record<string, Readonly<Record<Locale, Noun>>>> = {
  persons: { da: { one: "person", many: "personer" }, en: { one: "person", many: "persons" } },
  households: { da: { one: "husstand", many: "husstande" }, en: { one: "household", many: "households" } },
  children: { da: { one: "barn", many: "børn" }, en: { one: "child", many: "children" } },
  schoolChildren: { da: { one: "skolebarn", many: "skolebørn" }, en: { one: "school child", many: "school children" } },
};

const nounOf = (of: Measure, locale: Locale): Noun => {
  const known = NOUNS[measureName(of)]?.[locale];
  if (known !== undefined) return known;
  if (typeof of === "object" && "ages" in of) {
    const [from, to] = of.ages;
    return locale === "da"
      ? { one: `person på ${from}-${to} år`, many: `personer på ${from}-${to} år` }
      : { one: `person aged ${from}-${to}`, many: `persons aged ${from}-${to}` };
  }
  const many = typeof of === "object" && "number" in of ? of.number : measureName(of);
  return { one: many, many };
};

/** So many of a measure: "1 person", "2,5 personer". */
export const counted = (of: Measure, value: number, locale: Locale): string => {
  const { one, many } = nounOf(of, locale);
  return `${told(locale, value)} ${value === 1 ? one : many}`;
};

/** What each meaning of "even" is called, and what it looks at. */
export const METHOD_WORDS: Readonly<Record<EvennessMethod, { readonly name: string; readonly aim: Localised }>> = {
  webster: {
    name: "Webster",
    aim: {
      da: "afvigelserne fra den forholdsmæssige andel er så små som muligt, regnet i forhold til andelen",
      en: "deviations from the proportional share are as small as can be, reckoned against the share",
    },
  },
  absolute: {
    name: "Hamilton",
    aim: {
      da: "så få som muligt bor et andet sted end den forholdsmæssige andel tilsiger",
      en: "as few as possible live elsewhere than the proportional share says",
    },
  },
  hamilton: {
    name: "Hamilton",
    aim: {
      da: "så få som muligt bor et andet sted end den forholdsmæssige andel tilsiger",
      en: "as few as possible live elsewhere than the proportional share says",
    },
  },
  quota: {
    name: "Balinski-Young",
    aim: {
      da: "de løbende tal følger kvotemetoden, der aldrig er mere end én fra andelen",
      en: "running totals follow the quota method, which is never more than one off the share",
    },
  },
  jefferson: {
    name: "Jefferson",
    aim: {
      da: "det hårdest belastede distrikt er så lavt som muligt, derefter det næste",
      en: "the most burdened district is as low as can be, then the next",
    },
  },
  leximax: {
    name: "leximax",
    aim: {
      da: "det hårdest belastede distrikt er så lavt som muligt, derefter det næste",
      en: "the most burdened district is as low as can be, then the next",
    },
  },
  minimax: {
    name: "minimax",
    aim: {
      da: "det hårdest belastede distrikt er så lavt som muligt, og intet ud over det",
      en: "the most burdened district is as low as can be, and nothing beyond that",
    },
  },
  adams: {
    name: "Adams",
    aim: {
      da: "det mindst belastede distrikt får så meget som muligt, derefter det næste",
      en: "the least loaded district gets as much as can be, then the next",
    },
  },
  leximin: {
    name: "leximin",
    aim: {
      da: "det mindst belastede distrikt får så meget som muligt, derefter det næste",
      en: "the least loaded district gets as much as can be, then the next",
    },
  },
  "huntington-hill": {
    name: "Huntington-Hill",
    aim: {
      da: "afvigelserne fra den forholdsmæssige andel er så små som muligt, regnet i forhold til belastningen",
      en: "deviations from the proportional share are as small as can be, reckoned against the load",
    },
  },
};

/** How a fraction became a whole number: to the nearest, or to another that the method needs so that all add up. */
export type Rounding = "exact" | "down" | "up" | "method";

/** Below what is shown of a fraction: 23.998 is told as 24. */
const SHOWN = 0.005;

export const roundingOf = ({ fraction, target }: Pick<AreaTarget, "fraction" | "target">): Rounding => {
  const added = target - fraction;
  if (Math.abs(added) < SHOWN) return "exact";
  if (Math.abs(added) > 0.5) return "method";
  return added > 0 ? "up" : "down";
};

interface Told {
  readonly target: AreaTarget;
  readonly evenness: EvennessPolicy;
  /** What is spread over the level. */
  readonly total: number;
  /** Ids of the quotas that set the maximum. */
  readonly quotas: readonly string[];
}

/** What the shares are of, and what loads are told per. */
const proportion = (evenness: EvennessPolicy, locale: Locale): { readonly of: string; readonly per: string } => {
  const many = told(locale, PER);
  const { weight, key } = evenness;
  const danish = locale === "da";
  if (key !== undefined) {
    const name = weightName(evenness).replace(/^key:/, "");
    return danish
      ? { of: `efter fordelingsnøglen (${name})`, per: `pr. ${many} indbyggere, vægtet efter nøglen` }
      : { of: `by the key (${name})`, per: `per ${many} residents, weighted by the key` };
  }
  if (weight !== "population")
    return danish
      ? { of: `af vægten (${weight})`, per: `pr. ${many} (${weight})` }
      : { of: `of the weight (${weight})`, per: `per ${many} (${weight})` };
  return danish
    ? { of: "af indbyggerne", per: `pr. ${many} indbyggere` }
    : { of: "of the residents", per: `per ${many} residents` };
};

const danish = ({ target, evenness, total, quotas }: Told): string => {
  const { area, share, before, weight, fraction, binding, idealLoad, level, maximum } = target;
  const n = (value: number, decimals = 1) => told("da", value, decimals);
  const many = (value: number) => counted(evenness.measure, value, "da");
  const { of, per } = proportion(evenness, "da");
  if (weight === 0) return `${area.name} har ingen andel ${of} og skal derfor ikke have nogen.`;
  const settled = evenness.counting === "batch" ? "" : ` Bosat der i forvejen: ${many(before)}.`;
  const head = `${area.name} har ${n(share * 100)} % ${of}.${settled}`;
  const fill = `Når yderligere ${many(total)} fordeles, så alle kommer op på samme niveau, er niveauet ${n(level * PER, 2)} ${per}`;
  if (binding === "settled")
    return `${head} ${fill}; det svarer til ${n(idealLoad)} her, og distriktet står allerede højere. Målet er ${many(0)}.`;
  if (binding === "maximum" && maximum !== null)
    return `${head} ${fill}, men der må højst komme ${n(maximum)} (kvote ${quotas.join(", ")}). Målet er ${many(target.target)}.`;
  const rounded = {
    exact: "",
    down: `, rundet ned til ${n(target.target)}`,
    up: `, rundet op til ${n(target.target)}`,
    method: `; for at summen passer, giver metoden ${n(target.target)}`,
  }[roundingOf(target)];
  return `${head} ${fill}: her ${many(idealLoad)} i alt, altså ${n(fraction, 2)} til${rounded} (${METHOD_WORDS[evenness.method].name}).`;
};

const english = ({ target, evenness, total, quotas }: Told): string => {
  const { area, share, before, weight, fraction, binding, idealLoad, level, maximum } = target;
  const n = (value: number, decimals = 1) => told("en", value, decimals);
  const many = (value: number) => counted(evenness.measure, value, "en");
  const { of, per } = proportion(evenness, "en");
  if (weight === 0) return `${area.name} has no part ${of} and is therefore due nobody.`;
  const settled = evenness.counting === "batch" ? "" : ` Settled there before: ${many(before)}.`;
  const head = `${area.name} has ${n(share * 100)}% ${of}.${settled}`;
  const fill = `When ${n(total)} more are spread so that all come up to one level, that level is ${n(level * PER, 2)} ${per}`;
  if (binding === "settled")
    return `${head} ${fill}; that is ${n(idealLoad)} here, and the district stands higher already. The target is ${many(0)}.`;
  if (binding === "maximum" && maximum !== null)
    return `${head} ${fill}, but at most ${n(maximum)} may come (quota ${quotas.join(", ")}). The target is ${many(target.target)}.`;
  const rounded = {
    exact: "",
    down: `, rounded down to ${n(target.target)}`,
    up: `, rounded up to ${n(target.target)}`,
    method: `; so that the sum is right, the method gives ${n(target.target)}`,
  }[roundingOf(target)];
  return `${head} ${fill}: here ${many(idealLoad)} in all, so ${n(fraction, 2)} more${rounded} (${METHOD_WORDS[evenness.method].name}).`;
};

/** One area's target in words: share, what is settled, the water's level, the quota that binds, and the rounding. */
export const targetWords = (facts: Told): Localised => ({ da: danish(facts), en: english(facts) });
