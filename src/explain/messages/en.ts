import { formatIn } from "../format.js";
import type { Messages, ToldChange } from "./messages.js";

const { number, date, and } = formatIn("en");

const counted = (value: number, one: string, many: string): string =>
  `${number(value)} ${Math.abs(value) === 1 ? one : many}`;
const dwellings = (value: number): string => counted(value, "dwelling", "dwellings");
const persons = (value: number): string => counted(value, "person", "persons");

const SERVICES: Readonly<Record<string, string>> = {
  school: "a school",
  "day-care": "day-care",
  health: "a doctor",
  "language-school": "a language school",
  station: "a station",
  grocery: "a grocery",
  library: "a library",
  jobs: "jobs",
};
const service = (kind: string | number | undefined): string => SERVICES[String(kind)] ?? String(kind);

const LEVELS: Readonly<Record<string, string>> = {
  district: "district",
  oldMunicipality: "former municipality",
  school: "school district",
};
const MEASURES: Readonly<Record<string, string>> = {
  persons: "persons",
  households: "households",
  children: "children",
  schoolChildren: "children of school age",
};

type Phrase = (amount: number, better: boolean) => string;
const CHANGES: Readonly<Record<string, Phrase>> = {
  placed: (n, better) => `${persons(n)} ${better ? "more" : "fewer"} get a home`,
  exceptions: (n, better) =>
    `${counted(n, "household", "households")} ${better ? "fewer" : "more"} placed in an area that may be used only where there is no alternative`,
  lateness: (n, better) => `${counted(n, "day", "days")} ${better ? "less" : "more"} of waiting after the hand-over`,
  travel: (n, better) =>
    `${number(n)} person-kilometres ${better ? "less" : "more"} to school, doctor, language school and other everyday places`,
  fit: (n, better) => `${number(n)} ${better ? "fewer" : "more"} ${n === 1 ? "room" : "rooms"} beyond what is needed`,
  cost: (n, better) => `${number(n, 0)} a month ${better ? "less" : "more"} for the municipality to pay`,
  stability: (n, better) =>
    `${counted(n, "household", "households")} ${better ? "more" : "fewer"} keep the home proposed to them before`,
  wishes: (n, better) => `${counted(n, "point", "points")} ${better ? "more" : "fewer"} of wishes met`,
};

const change = ({ tier, title, unit, amount, effect, areas }: ToldChange): string => {
  const better = effect === "better";
  if (effect === "other") return `the spread over the areas becomes another (${areas.join("; ")})`;
  if (tier.startsWith("evenness"))
    return areas.length === 0
      ? `the spread over the areas becomes ${better ? "more" : "less"} even`
      : `the spread over the areas becomes ${better ? "more" : "less"} even (${areas.join("; ")})`;
  return CHANGES[tier]?.(amount, better) ?? `${title}: ${number(amount)} (${unit}) ${better ? "better" : "worse"}`;
};

/** With another dwelling ... : what is the first to be worse. */
const SETTLED: Readonly<Record<string, string>> = {
  placed: "fewer persons would get a home",
  exceptions: "more would be placed in an area that may be used only where there is no alternative",
  lateness: "somebody would wait longer for a home",
  evenness: "the spread over the areas would be less even",
  travel: "the way to school, doctor and other everyday places would be longer on the whole",
  fit: "more large or step-free dwellings would go to households that do not need them",
  cost: "the municipality would pay more",
  stability: "fewer would keep the home proposed to them before",
  wishes: "fewer wishes would be met",
  priority: "households with a high priority would get less",
};

const OWN: Readonly<Record<string, (value: number) => string>> = {
  placed: (n) => `the household has ${persons(n)}`,
  exceptions: (n) => (n > 0 ? "the dwelling lies in such an area" : "the dwelling does not lie in such an area"),
  lateness: (n) =>
    n > 0 ? `the dwelling is free ${counted(n, "day", "days")} too late` : "the dwelling is free in time",
  travel: (n) => `${number(n)} person-kilometres for the household in all`,
  fit: (n) =>
    n > 0
      ? `the dwelling has ${counted(n, "room", "rooms")} more than needed`
      : "the dwelling has no more rooms than needed",
  cost: (n) => (n > 0 ? `${number(n, 0)} a month` : "nothing for the municipality to pay"),
  stability: (n) => (n > 0 ? "the household keeps its home" : "the household did not have this dwelling before"),
  wishes: (n) =>
    n > 0 ? "the dwelling lies in a district wished for" : "the dwelling does not lie in a district wished for",
};

export const en: Messages = {
  heading: (household) => `Proposed dwelling: household ${household}`,
  placed: ({ dwelling, facts }) => `It is proposed that the household be given dwelling ${dwelling} (${facts}).`,
  unplaced: "At present no dwelling can be proposed to the household.",
  noPlan: "There is no plan that keeps every rule, quota and decision, and so there is no proposal either.",
  pinned: ({ dwelling, by, reason }) =>
    `${by} has pinned the household to dwelling ${dwelling}, giving this reason: "${reason}" The proposal follows that decision.`,
  sections: {
    rules: "Rules",
    considerations: "Main considerations",
    facts: "Facts relied on",
    alternatives: "Other dwellings looked at",
    contrast: "Why not the other dwelling?",
    clash: "What stands in the way",
    relaxations: "What it would take",
    open: "What remains to be decided",
  },
  dwellingsAtAll: (count) =>
    `There ${count === 1 ? "is" : "are"} ${dwellings(count)} on the list with at least one home free. The rules were applied in this order:`,
  step: ({ title, basis, ruledOut, left, absolute, example }) => {
    const why = example === null ? "" : ` For example dwelling ${example.dwelling}: ${example.sentence}`;
    const law = absolute ? "; cannot be set aside without a legal basis" : "";
    return `${title} (${basis}${law}): rules out ${dwellings(ruledOut)}; ${number(left)} left.${why}`;
  },
  silentRules: (titles) => `These rules were applied as well and rule out none of them: ${titles}.`,
  left: ({ count, placed }) => {
    if (count === 0) return "No dwelling is left.";
    if (count === 1 && placed) return "Only the proposed dwelling is left, so that there was nothing to choose from.";
    return placed
      ? `After the rules there are ${dwellings(count)} to choose from, the proposed one among them.`
      : `After the rules the household could use ${dwellings(count)} if nobody else needed them.`;
  },
  aims: ({ others, proven }) =>
    `The choice ${others === 1 ? "between the two" : "among them"} follows these considerations in the order in which they stand: a later one never goes before an earlier one.${
      proven
        ? ` It is proven that no plan in which the household gets ${others === 1 ? "the other dwelling" : `one of the ${number(others)} other dwellings`} is better by these considerations.`
        : " It is not proven that the plan is the best there is."
    }`,
  aim: ({ tier, title, solved, estimated, own, basis }) => {
    const what = SETTLED[tier.split("/")[0] ?? tier] ?? "the outcome would be worse";
    const shown = solved === "" ? "" : ` With dwelling ${solved}, ${what}.`;
    const guessed =
      estimated === 0
        ? ""
        : solved === ""
          ? ` By an estimate, with ${number(estimated)} of the other dwellings ${what}.`
          : ` By an estimate the same holds for ${dwellings(estimated)} more.`;
    const mine = own === null ? "" : ` The proposed dwelling: ${own}.`;
    return `${title} (${basis}).${shown}${guessed}${mine}`;
  },
  silentAims: (titles) => `These considerations were looked at as well, but settled nothing here: ${titles}.`,
  asGood: (list) => `A plan that is just as good on the whole exists with dwelling ${list}.`,
  notReached: (count) =>
    `For ${dwellings(count)} no plan was found by moving a few others; they were not looked at further.`,
  draw: ({ by, household, equals, order, seed }) => {
    const how = {
      priority: "The one with the higher priority goes first.",
      waiting: "The one who has waited longest goes first.",
      number: `The order was drawn. Anyone can draw it again: SHA-256 of the seed "${seed}", a line break and the household's id; the lowest number goes first.`,
    }[by];
    return `By all rules and considerations household ${household} is equal to ${equals}, but they cannot get the same. ${how} Order: ${order}.`;
  },
  about: { household: "The household", dwelling: "The dwelling", district: "The area:" },
  fact: {
    persons: (v) => persons(Number(v.persons)),
    "min-rooms": (v) => `needs at least ${counted(Number(v.rooms), "room", "rooms")}`,
    "max-rent": (v) => `can pay a rent of at most ${number(Number(v.rent), 0)} a month`,
    "step-free-needed": () => "needs step-free access",
    "features-needed": (v) => `needs: ${v.features}`,
    "near-needed": (v) => `must live at most ${number(Number(v.withinKm))} km from ${service(v.kind)}`,
    "near-wished": (v) => `should live near ${service(v.kind)} (within ${number(Number(v.withinKm))} km if possible)`,
    travellers: (v) =>
      `of whom reckoned with for everyday places: ${and(Object.entries(v).map(([kind, members]) => `${number(Number(members))} for ${service(kind)}`))}`,
    handover: (v) => `is handed over to the municipality on ${date(String(v.date))}`,
    "regime-ukraine": () => "comes under the special act on persons displaced from Ukraine",
    "waiting-since": (v) => `has waited since ${date(String(v.date))}`,
    wish: (v) => `wishes to live in ${v.district} (strength ${v.strength} of 5)`,
    "current-home": (v) => `was proposed dwelling ${v.dwelling} before`,
    district: (v) => `in ${v.district}`,
    rooms: (v) => counted(Number(v.rooms), "room", "rooms"),
    "room-for": (v) => `takes ${persons(Number(v.persons))}`,
    area: (v) => `${number(Number(v.area))} m²`,
    rent: (v) => `rent ${number(Number(v.rent), 0)} a month`,
    "rent-unknown": () => "the rent is not known",
    "step-free": () => "step-free access",
    "not-step-free": () => "no step-free access",
    features: (v) => `has of what is needed: ${v.features}`,
    "available-from": (v) => `free from ${date(String(v.date))}`,
    "available-to": (v) => `free until ${date(String(v.date))}`,
    distance: (v) => `${number(Number(v.km))} km as the crow flies to ${service(v.kind)}`,
    "municipal-cost": (v) => `costs the municipality ${number(Number(v.cost), 0)} a month`,
    listed: (v) => `lies in a listed area (${v.legalBasis})`,
    "district-load": (v) =>
      `${LEVELS[String(v.level)] ?? v.level} ${v.area}: ${number(Number(v.before))} ${MEASURES[String(v.measure)] ?? v.measure} settled before, the target of this plan is ${number(Number(v.target))}, the plan places ${number(Number(v.placed))}`,
  },
  noOtherFacts: "No other information about the household was used.",
  alternativesIntro: (count) =>
    count === 1
      ? "The plan was solved again with another dwelling for the household:"
      : `The plan was solved again with each of ${number(count)} other dwellings for the household:`,
  noAlternatives:
    "There is no other dwelling that the household could be given without breaking an absolute rule or another decision.",
  alternative: ({ dwelling, facts, exact, own, everyone, movers, losers, overrides }) =>
    [
      `Dwelling ${dwelling} (${facts}).`,
      overrides.length === 0 ? "" : `A case officer would have to set this aside: ${overrides.join(" ")}`,
      own.length === 0
        ? "To the household itself it makes no difference in what was measured."
        : `For the household itself: ${own.join("; ")}.`,
      everyone.length === 0
        ? "For all others together the plan is just as good."
        : `For all others together: ${everyone.join("; ")}.`,
      movers === 0
        ? "Nobody else gets another dwelling."
        : `${counted(movers, "other household gets", "other households get")} another dwelling.`,
      losers === 0 ? "" : `${counted(losers, "of them loses its home", "of them lose their homes")}.`,
      exact ? "" : "It is not proven that no cheaper plan with this dwelling exists.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  proposedItself: (dwelling) => `Dwelling ${dwelling} is the one that is proposed.`,
  barred: ({ dwelling, sentences, absolute }) =>
    `Dwelling ${dwelling} is ruled out: ${sentences.join(" ")}${absolute ? " The law does not let the municipality disregard this without a legal basis of its own." : ""}`,
  impossible: ({ dwelling, members }) =>
    `No plan can give the household dwelling ${dwelling}. It clashes with: ${members}.`,
  clash: ({ kind, members, households, minimal, nearest }) => {
    if (kind === "households")
      return `There are dwellings that fit, but all are used for others. If the household got one of them, ${households} would be without a home, and fewer persons would be housed on the whole.`;
    if (kind === "rules")
      return `For this reason alone no dwelling is possible: ${members}.${nearest === null ? "" : ` Nearest is dwelling ${nearest.dwelling}: ${nearest.sentences.join(" ")}`}`;
    return minimal
      ? `These cannot all hold at once; without any one of them the rest can: ${members}.`
      : `These cannot all hold at once: ${members}.`;
  },
  clashMember: ({ rule, title, subject }) => {
    if (rule === "household") return `household ${subject} must have a home`;
    if (rule === "pin") return `household ${subject} is pinned to a certain dwelling`;
    if (rule === "quota") return `quota ${subject}`;
    return `"${title}"`;
  },
  relaxationsIntro: (count) =>
    count === 1
      ? "This change would give the household a home, as solving the plan again has shown:"
      : "Each of these changes alone would give the household a home, as solving the plan again has shown:",
  noRelaxations: "No single change that was looked at would give the household a home.",
  relaxation: {
    override: ({ dwelling, sentences }) =>
      `A case officer decides to give dwelling ${dwelling} although: ${sentences.join(" ")}`,
    quota: ({ quota, max, min }) =>
      max === null
        ? `Quota ${quota} is lifted, or lowered to at least ${number(min ?? 0)}.`
        : `Quota ${quota} is raised to at most ${number(max)}.`,
    unpin: (household) => `Household ${household} is no longer pinned to its dwelling.`,
    allow: (dwelling) => `Dwelling ${dwelling} is no longer forbidden to the household.`,
    unlink: (households) => `Households ${households} are no longer tied to each other.`,
    switchOff: (rule) => `The rule "${rule}" is switched off for everyone.`,
    add: ({ rooms, persons: size, district, rent, stepFree }) =>
      `The municipality finds one more dwelling in ${district}: ${counted(rooms, "room", "rooms")}, for ${persons(size)}${rent === null ? "" : `, at a rent of at most ${number(rent, 0)} a month`}${stepFree ? ", step-free" : ""}.`,
  },
  housedIn: ({ dwelling, pays, losers }) =>
    [
      `The household then gets dwelling ${dwelling}.`,
      losers === "" ? "" : `Household ${losers} loses its home.`,
      pays.length === 0 ? "" : `In the plan as a whole: ${pays.join("; ")}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  change,
  own: ({ tier, value, unit }) => OWN[tier]?.(value) ?? `${number(value)} (${unit})`,
  area: ({ area, before, after, target }) =>
    `${area}: ${number(after)} instead of ${number(before)}, the target is ${number(target)}`,
  level: (level) => LEVELS[level] ?? level,
  amount: ({ value, unit }) => `${number(value)} ${unit}`,
  legal: (text) => text,
  open: [
    "Are the facts above right and sufficient?",
    "Has the household been heard on what speaks against it (forvaltningsloven § 19), and what did it answer?",
    "Is there anything about the household that the plan does not know and that should lead elsewhere?",
    "The decision is made by a member of the municipality's staff, and comes with guidance on appeal (forvaltningsloven § 25).",
  ],
  proposalOnly: "This is a proposal that was computed. Nothing is decided before a member of staff decides it.",
};
