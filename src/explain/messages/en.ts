import { formatIn, quoted } from "../format.js";
import { BETWEEN, change, LEVELS, OWN, SETTLED } from "./aims-en.js";
import type { Messages } from "./messages.js";
import { nounsIn } from "./nouns.js";

const { number, date, and } = formatIn("en");

const { counted, persons, money, measured, service } = nounsIn("en");
const dwellings = (value: number): string => counted(value, "dwelling", "dwellings");

export const en: Messages = {
  heading: (household) => `Proposed dwelling: household ${household}`,
  placed: ({ dwelling, facts }) => `It is proposed that the household be given dwelling ${dwelling} (${facts}).`,
  unplaced: "At present no dwelling can be proposed to the household.",
  noPlan: "There is no plan that keeps every rule, quota and decision, and so there is no proposal either.",
  pinned: ({ dwelling, by, reason }) =>
    `${by} has pinned the household to dwelling ${dwelling}, giving this reason: "${quoted(reason)}". The proposal follows that decision.`,
  setAside: ({ sentences, legalBasis }) =>
    `That decision sets this aside: ${sentences.join(" ")}${legalBasis === null ? "" : ` Legal basis: ${quoted(legalBasis)}.`} Without the decision the dwelling would be ruled out.`,
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
  dwellingsAtAll: ({ dwellings: count, homes }) => {
    const alike =
      homes === count ? "" : ` (${number(homes)} if those that are alike and share an id are counted singly)`;
    return `There ${count === 1 ? "is" : "are"} ${counted(count, "free dwelling", "free dwellings")} on the list${alike}. The rules were applied in this order:`;
  },
  step: ({ title, basis, ruledOut, left, absolute, example }) => {
    const why = example === null ? "" : ` For example dwelling ${example.dwelling}: ${example.sentence}`;
    const law = absolute ? "; cannot be set aside without a legal basis" : "";
    return `${title} (${basis}${law}): rules out ${dwellings(ruledOut)}; ${left === 0 ? "none" : number(left)} left.${why}`;
  },
  silentRules: (titles) => `These rules were applied as well and rule out none of them: ${titles}.`,
  left: ({ count, placed }) => {
    if (count === 0) return "No dwelling is left.";
    if (count === 1 && placed) return "Only the proposed dwelling is left, so that there was nothing to choose from.";
    return placed
      ? `After the rules there are ${dwellings(count)} to choose from, the proposed one among them.`
      : `After the rules the household could use ${dwellings(count)} if nobody else needed ${count === 1 ? "it" : "them"}.`;
  },
  aims: ({ others, placed, proven }) => {
    const among = placed
      ? others === 1
        ? "The choice between the two follows"
        : "The choice among them follows"
      : "The dwellings are divided among the households by";
    const theirs = placed
      ? others === 1
        ? "the other dwelling"
        : `one of the ${number(others)} other dwellings`
      : others === 1
        ? "that dwelling"
        : `one of the ${number(others)} dwellings`;
    return `${among} these considerations in the order in which they stand: a later one never goes before an earlier one.${
      proven
        ? ` It is proven that no plan in which the household gets ${theirs} is better by these considerations.`
        : " It is not proven that the plan is the best there is."
    }`;
  },
  aim: ({ tier, title, solved, estimated, others, own, basis }) => {
    const what = SETTLED[tier.split("/")[0] ?? tier] ?? "the outcome would be worse";
    const shown = solved === "" ? "" : ` If the household got dwelling ${solved}, ${what}.`;
    const which = estimated === "" ? `one of ${number(others)} other dwellings` : `dwelling ${estimated}`;
    const guessed =
      others === 0
        ? ""
        : solved === ""
          ? ` If the household got ${which}, ${what} (by an estimate).`
          : ` By an estimate the same holds for ${which}.`;
    const mine = own === null ? "" : ` The proposed dwelling ${own}.`;
    return `${title} (${basis}).${shown}${guessed}${mine}`;
  },
  silentAims: (titles) => `These considerations were looked at as well, but settled nothing here: ${titles}.`,
  asGood: (list) =>
    `A plan that is just as good on the whole exists with dwelling ${list}. No consideration tells them apart: the computation always chooses the same, and a case officer may choose another of them without making the plan worse.`,
  betterFound: (list) =>
    `With dwelling ${list} a better plan was found. So the plan is not the best, and should be solved again with more time.`,
  notReached: (count) =>
    `For ${dwellings(count)} no plan was found by moving a few others; ${count === 1 ? "it was" : "they were"} not looked at further.`,
  draw: ({ by, household, equals, order, seed }) => {
    const how = {
      priority: "The one with the higher priority goes first.",
      waiting: "The one who has waited longest goes first.",
      number: `The order was drawn. Anyone can draw it again: SHA-256 of the seed "${seed}", a line break and the household's id; the lowest number goes first.`,
    }[by];
    return `By all rules and considerations household ${household} is equal to ${equals}, but they cannot all get the same. ${how} In this order ${order}.`;
  },
  drawn: ({ household, dwelling, number: drawn }) =>
    `${household}${drawn === null ? "" : ` (number ${drawn})`} gets ${dwelling === null ? "no dwelling" : `dwelling ${dwelling}`}`,
  about: { household: "The household", dwelling: "The dwelling", district: "The area" },
  fact: {
    persons: (v) => persons(Number(v.persons)),
    "min-rooms": (v) => `needs at least ${counted(Number(v.rooms), "room", "rooms")}`,
    "max-rent": (v) => `can pay a rent of at most ${money(Number(v.rent))} a month`,
    "step-free-needed": () => "needs step-free access",
    "features-needed": (v) => `needs: ${v.features}`,
    "near-needed": (v) => `must live at most ${number(Number(v.withinKm))} km from ${service(v.kind)}`,
    "near-wished": (v) => `should live near ${service(v.kind)} (within ${number(Number(v.withinKm))} km if possible)`,
    travellers: (v) =>
      `it is assumed that ${and(Object.entries(v).map(([kind, members], i) => `${number(Number(members))} ${i === 0 ? "must get " : ""}to ${service(kind)}`))}`,
    handover: (v) => `is handed over to the municipality on ${date(String(v.date))}`,
    "regime-ukraine": () => "comes under the special act on persons displaced from Ukraine",
    "waiting-since": (v) => `has waited since ${date(String(v.date))}`,
    wish: (v) => `wishes to live in ${v.district} (strength ${v.strength} of 5)`,
    "current-home": (v) => `was proposed dwelling ${v.dwelling} before`,
    district: (v) => `in ${v.district}`,
    alike: (v) => `one of ${number(Number(v.count))} alike that share this id`,
    rooms: (v) => counted(Number(v.rooms), "room", "rooms"),
    "room-for": (v) => `takes ${persons(Number(v.persons))}`,
    area: (v) => `${number(Number(v.area))} m²`,
    rent: (v) => `rent ${money(Number(v.rent))} a month`,
    "rent-unknown": () => "the rent is not known",
    "step-free": () => "step-free access",
    "not-step-free": () => "no step-free access",
    features: (v) => `has of what is needed: ${v.features}`,
    "available-from": (v) => `free from ${date(String(v.date))}`,
    "available-to": (v) => `free until ${date(String(v.date))}`,
    distance: (v) => `${number(Number(v.km))} km as the crow flies to ${service(v.kind)}`,
    "municipal-cost": (v) => `costs the municipality ${money(Number(v.cost))} a month`,
    listed: (v) => `lies in a listed area (${v.legalBasis})`,
    "district-load": (v) =>
      `${LEVELS[String(v.level)] ?? v.level} ${v.area}: ${measured(Number(v.before), v.measure)} ${Number(v.before) === 1 ? "was" : "were"} settled before; an even spread gives it ${number(Number(v.target))} more now, and the plan places ${number(Number(v.placed))}`,
  },
  noOtherFacts: "No other information about the household was used.",
  alternativesIntro: (count) =>
    count === 1
      ? "The plan was solved again with another dwelling for the household:"
      : `The plan was solved again with each of ${number(count)} other dwellings for the household:`,
  noAlternatives: ({ placed }) =>
    `There is no ${placed ? "other " : ""}dwelling that the household could be given without breaking an absolute rule, a quota or another decision.`,
  alternative: ({ dwelling, facts, exact, housed, own, everyone, movers, losers, overrides, verdict }) =>
    [
      `Dwelling ${dwelling} (${facts}).`,
      overrides.length === 0 ? "" : `A case officer would have to set this aside: ${overrides.join(" ")}`,
      housed
        ? "The household would have a home."
        : own.length === 0
          ? "To the household itself it makes no difference in what was measured."
          : `For the household itself: ${own.join("; ")}.`,
      everyone.length === 0
        ? "For all others together the plan is just as good."
        : `For all others together: ${everyone.join("; ")}.`,
      movers === 0
        ? losers === 0
          ? "Nobody else gets another dwelling."
          : ""
        : `${counted(movers, "other household gets", "other households get")} another dwelling.`,
      losers === 0 ? "" : `${counted(losers, "other household loses its home", "other households lose their homes")}.`,
      verdict.effect === "same"
        ? "On the whole the plan with it is just as good."
        : `${overrides.length === 0 ? "On the whole the plan with it" : "With that set aside the plan as a whole"} would be ${verdict.effect === "better" ? "better" : "worse"}: the first consideration that differs is "${verdict.title}".`,
      exact ? "" : "It is not proven that no better plan with this dwelling exists.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  proposedItself: (dwelling) => `Dwelling ${dwelling} is the one that is proposed.`,
  barred: ({ dwelling, sentences, absolute }) =>
    `Dwelling ${dwelling} is ruled out: ${sentences.join(" ")}${absolute ? " The law does not let the municipality disregard this without a legal basis of its own." : ""}`,
  impossible: ({ dwelling, members }) =>
    `No plan can give the household dwelling ${dwelling}. It clashes with: ${members}.`,
  clash: ({ kind, members, count, households, personsLost, minimal, nearest }) => {
    if (kind === "households")
      return `There are dwellings that fit, but all are used for others. If the household got one of them, ${households === "" ? "nobody else would lose a home" : `${households} would be without a home`}, and in all ${personsLost > 0 ? counted(personsLost, "person fewer", "persons fewer") : "just as many persons"} would be housed.`;
    if (kind === "rules")
      return `${count === 1 ? "This rule alone rules out every dwelling" : "These rules together rule out every dwelling"}: ${members}.${nearest === null ? "" : ` Nearest is dwelling ${nearest.dwelling}: ${nearest.sentences.join(" ")}`}`;
    if (count === 1) return `This cannot hold: ${members}.${minimal ? " Without it the rest can." : ""}`;
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
      `A case officer sets this aside and gives dwelling ${dwelling}: ${sentences.join(" ")}`,
    quota: ({ quota, max, min }) =>
      max === null
        ? `Quota ${quota} is lifted, or its minimum lowered to ${number(min ?? 0)}.`
        : `Quota ${quota} is raised to at most ${number(max)}.`,
    unpin: (household) => `Household ${household} is no longer pinned to its dwelling.`,
    allow: (dwelling) => `Dwelling ${dwelling} is no longer forbidden to the household.`,
    unlink: (households) => `Households ${households} are no longer tied to each other.`,
    switchOff: (rule) => `The rule "${rule}" is switched off for everyone.`,
    add: ({ rooms, persons: size, district, rent, stepFree }) =>
      `The municipality finds one more dwelling in ${district}: ${counted(rooms, "room", "rooms")}, for ${persons(size)}${rent === null ? "" : `, at a rent of at most ${money(rent)} a month`}${stepFree ? ", step-free" : ""}.`,
  },
  housedIn: ({ dwelling, pays, losers }) =>
    [
      dwelling === null ? "" : `The household then gets dwelling ${dwelling}.`,
      losers === "" ? "" : `Without a home instead: ${losers}.`,
      pays.length === 0 ? "" : `In the plan as a whole: ${pays.join("; ")}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  change,
  own: ({ tier, value }) => OWN[tier]?.(value) ?? null,
  area: ({ area, before, after, target, measure }) =>
    `${area}: ${number(after)} instead of ${measured(before, measure)}, the target is ${number(target)}`,
  titleBetween: ({ title, level }) => `${title} ${BETWEEN[level] ?? `(${level})`}`,
  legal: (text) => text,
  open: [
    "Are the facts above right and sufficient?",
    "Has the household been heard on what speaks against it (forvaltningsloven § 19), and what did it answer?",
    "Is there anything about the household that the plan does not know and that should lead elsewhere?",
    "The decision is made by a member of the municipality's staff, and comes with guidance on appeal (forvaltningsloven § 25).",
  ],
  proposalOnly: "This is a proposal that was computed. Nothing is decided before a member of staff decides it.",
};
