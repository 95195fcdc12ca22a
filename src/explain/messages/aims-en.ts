import { formatIn } from "../format.js";
import type { ToldChange } from "./messages.js";
import { nounsIn } from "./nouns.js";

const { number } = formatIn("en");
const { counted, money } = nounsIn("en");

export const LEVELS: Readonly<Record<string, string>> = {
  district: "district",
  oldMunicipality: "former municipality",
  school: "school district",
};
/** After "Even spread". */
export const BETWEEN: Readonly<Record<string, string>> = {
  district: "between districts",
  oldMunicipality: "between former municipalities",
  school: "between school districts",
};
type Phrase = (amount: number, better: boolean) => string;
/** By how much an aim is better or worse, in words. */
export const CHANGES: Readonly<Record<string, Phrase>> = {
  placed: (n, better) =>
    `${counted(n, `${better ? "more" : "fewer"} person gets`, `${better ? "more" : "fewer"} persons get`)} a home`,
  exceptions: (n, better) =>
    `${counted(n, `household ${better ? "fewer" : "more"} is`, `households ${better ? "fewer" : "more"} are`)} placed in an area that may be used only where there is no alternative`,
  lateness: (n, better) => `${counted(n, "day", "days")} ${better ? "less" : "more"} of waiting after the hand-over`,
  travel: (n, better) =>
    `${number(n)} km ${better ? "less" : "more"} to school, doctor, language school and other everyday places (added up over all who go there)`,
  fit: (n, better) =>
    `${counted(n, `spare room ${better ? "fewer" : "more"}`, `spare rooms ${better ? "fewer" : "more"}`)} (step-free access that is not needed counts as well)`,
  cost: (n, better) => `${money(n)} a month ${better ? "less" : "more"} for the municipality to pay`,
  stability: (n, better) =>
    `${counted(n, `household ${better ? "more" : "fewer"} keeps`, `households ${better ? "more" : "fewer"} keep`)} the home proposed to them before`,
  priority: (n, better) =>
    `${counted(n, `${better ? "more" : "fewer"} person`, `${better ? "more" : "fewer"} persons`)} with a home, each counted by the household's priority`,
  local: (n, better) =>
    `${counted(n, `household ${better ? "fewer" : "more"}`, `households ${better ? "fewer" : "more"}`)} over the limit of how many should live in one place`,
  notAlone: (n, better) =>
    `${counted(n, `household ${better ? "fewer" : "more"} is`, `households ${better ? "fewer" : "more"} are`)} missed as company nearby`,
  wishes: (n, better) => `${counted(n, "point", "points")} ${better ? "more" : "fewer"} of wishes met`,
};

/** What an aim gains or pays, as a part of a list. */
export const change = ({ tier, title, unit, amount, effect, areas }: ToldChange): string => {
  const better = effect === "better";
  if (effect === "other") return `the spread over the areas changes (${areas.join("; ")})`;
  if (tier.startsWith("evenness"))
    return areas.length === 0
      ? `the spread over the areas becomes ${better ? "more" : "less"} even`
      : `the spread over the areas becomes ${better ? "more" : "less"} even (${areas.join("; ")})`;
  return CHANGES[tier]?.(amount, better) ?? `${title}: ${number(amount)} (${unit}) ${better ? "better" : "worse"}`;
};

/** With another dwelling ... : what is the first to be worse. */
export const SETTLED: Readonly<Record<string, string>> = {
  placed: "fewer persons would get a home",
  exceptions: "more would be placed in an area that may be used only where there is no alternative",
  lateness: "somebody would wait longer for a home",
  evenness: "the spread over the areas would be less even",
  travel: "the way to school, doctor and other everyday places would be longer on the whole",
  fit: "more large or step-free dwellings would go to households that do not need them",
  cost: "the municipality would pay more",
  stability: "fewer would keep the home proposed to them before",
  wishes: "fewer wishes would be met",
  local: "more would live in one place than the limit says",
  notAlone: "somebody would lack other households nearby",
  priority: "households with a high priority would get less",
};

/** The proposed dwelling ... */
export const OWN: Readonly<Record<string, (value: number) => string>> = {
  exceptions: (n) => (n > 0 ? "lies in such an area" : "does not lie in such an area"),
  lateness: (n) => (n > 0 ? `is free ${counted(n, "day", "days")} too late` : "is free in time"),
  travel: (n) => `means ${number(n)} km in all, added up over those in the household who go to these places`,
  fit: (n) => (n > 0 ? "is somewhat larger or more accessible than needed" : "is no larger than needed"),
  cost: (n) => (n > 0 ? `costs the municipality ${money(n)} a month` : "costs the municipality nothing"),
  stability: (n) => (n > 0 ? "is the same as before" : "is another than before"),
  wishes: (n) =>
    n > 0
      ? "lies in a district that the household wishes for"
      : "does not lie in a district that the household wishes for",
};
