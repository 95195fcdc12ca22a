import * as z from "zod";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import { membersAged } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import type { Policy } from "../domain/policy.js";
import type { Facts } from "../view/facts.js";
import { listingsAt } from "../view/listings.js";

/** A fact that a rule or an aim of this policy reads, by a code that the message tables know. Ids and requirements only. */
export interface UsedFact {
  readonly about: "household" | "dwelling" | "district";
  readonly code: FactCode;
  readonly values: Readonly<Record<string, string | number>>;
}

export type FactCode =
  | "persons"
  | "min-rooms"
  | "max-rent"
  | "step-free-needed"
  | "features-needed"
  | "near-needed"
  | "near-wished"
  | "travellers"
  | "handover"
  | "regime-ukraine"
  | "waiting-since"
  | "wish"
  | "current-home"
  | "district"
  | "alike"
  | "rooms"
  | "room-for"
  | "area"
  | "rent"
  | "rent-unknown"
  | "step-free"
  | "not-step-free"
  | "features"
  | "available-from"
  | "available-to"
  | "distance"
  | "municipal-cost"
  | "listed"
  | "district-load";

/** The part of the travel aim's parameters that reads members' ages. */
const BANDS = z.looseObject({ travellers: z.record(z.string(), z.tuple([z.number(), z.number()])) });

const on =
  ({ rules, tiers }: Policy) =>
  ({ rule, tier }: { readonly rule?: string; readonly tier?: string }): boolean =>
    (rule !== undefined && rules[rule] !== false) || (tier !== undefined && tiers.some((one) => one.tier === tier));

type Given = readonly [used: boolean, code: FactCode, values?: Readonly<Record<string, string | number>>];

const about = (subject: UsedFact["about"], given: readonly Given[]): readonly UsedFact[] =>
  given.flatMap(([used, code, values = {}]) => (used ? [{ about: subject, code, values }] : []));

const householdFacts = (household: Household, facts: Facts, drawn: boolean): readonly UsedFact[] => {
  const uses = on(facts.problem.policy);
  const { needs } = household;
  const travellers = uses({ tier: "travel" }) ? travellersOf(household, facts) : {};
  const rooms = uses({ rule: "unit.roomStandard", tier: "fit" });
  return about("household", [
    [true, "persons", { persons: household.members.length }],
    [Object.keys(travellers).length > 0, "travellers", travellers],
    [rooms && needs.minRooms !== null, "min-rooms", { rooms: needs.minRooms ?? 0 }],
    [uses({ rule: "affordability.max" }) && needs.maxRent !== null, "max-rent", { rent: needs.maxRent ?? 0 }],
    [uses({ rule: "need.accessibility", tier: "fit" }) && needs.stepFree, "step-free-needed"],
    [
      uses({ rule: "need.accessibility" }) && needs.features.length > 0,
      "features-needed",
      { features: needs.features.join(", ") },
    ],
    ...needs.near.map(
      ({ kind, withinKm, required }): Given => [
        required ? uses({ rule: "need.near", tier: "travel" }) : uses({ tier: "travel" }),
        required ? "near-needed" : "near-wished",
        { kind, withinKm },
      ],
    ),
    [
      uses({ rule: "unit.window", tier: "lateness" }) && household.handover !== null,
      "handover",
      { date: household.handover ?? "" },
    ],
    [uses({ rule: "area.forbidden", tier: "exceptions" }) && household.regime === "ukraine", "regime-ukraine"],
    [drawn && household.waitingSince !== null, "waiting-since", { date: household.waitingSince ?? "" }],
    ...household.wishes.map(
      ({ district, strength }): Given => [
        uses({ tier: "wishes" }),
        "wish",
        { district: nameOf(facts, district), strength },
      ],
    ),
    [uses({ tier: "stability" }) && household.current !== null, "current-home", { dwelling: household.current ?? "" }],
  ]);
};

/** How many members go to each kind of service: all that is told of their ages. Only kinds that there are, and that somebody goes to. */
const travellersOf = (household: Household, { problem }: Facts): Readonly<Record<string, number>> => {
  const bands = BANDS.safeParse(problem.policy.objectives["travel.services"]);
  const kinds = new Set(problem.services.map(({ kind }) => kind));
  if (!bands.success) return {};
  return Object.fromEntries(
    Object.entries(bands.data.travellers)
      .filter(([kind]) => kinds.has(kind))
      .map(([kind, [from, to]]) => [kind, membersAged(household, { from, to })] as const)
      .filter(([, members]) => members > 0),
  );
};

/** A district by its id and, where it has one, its name. */
export const nameOf = (facts: Facts, district: string): string => {
  const name = facts.district(district)?.name ?? "";
  return name === "" ? district : name;
};

/** What a household's rules and aims read of one dwelling. */
export const dwellingFacts = (household: Household, dwelling: Dwelling, facts: Facts): readonly UsedFact[] => {
  const uses = on(facts.problem.policy);
  const { needs } = household;
  const { rent, availableFrom, availableTo } = dwelling;
  const window = uses({ rule: "unit.window", tier: "lateness" });
  const pays = uses({ rule: "affordability.max" }) && needs.maxRent !== null;
  const kinds = [...new Set(needs.near.map(({ kind }) => kind))];
  const [listing] = listingsAt({ dwelling }, facts);
  return about("dwelling", [
    [true, "district", { district: nameOf(facts, dwelling.district) }],
    [dwelling.count > 1, "alike", { count: dwelling.count }],
    [uses({ rule: "unit.roomStandard", tier: "fit" }), "rooms", { rooms: dwelling.rooms }],
    [uses({ rule: "unit.capacity" }), "room-for", { persons: dwelling.maxPersons }],
    [pays && rent !== null, "rent", { rent: rent ?? 0 }],
    [pays && rent === null, "rent-unknown"],
    [uses({ rule: "need.accessibility", tier: "fit" }) && dwelling.stepFree, "step-free"],
    [uses({ rule: "need.accessibility" }) && needs.stepFree && !dwelling.stepFree, "not-step-free"],
    [
      uses({ rule: "need.accessibility" }) && needs.features.length > 0,
      "features",
      { features: needs.features.filter((feature) => dwelling.features.includes(feature)).join(", ") || "–" },
    ],
    [window && availableFrom !== null, "available-from", { date: availableFrom ?? "" }],
    [window && availableTo !== null, "available-to", { date: availableTo ?? "" }],
    ...kinds.flatMap((kind): readonly Given[] => {
      const metres = facts.metresToNearest(dwelling, kind);
      const used = uses({ rule: "need.near", tier: "travel" });
      return metres === null ? [] : [[used, "distance", { kind, km: metres / 1000 }]];
    }),
    [uses({ tier: "cost" }) && dwelling.municipalCost > 0, "municipal-cost", { cost: dwelling.municipalCost }],
    [
      listing !== undefined && uses({ rule: "area.forbidden", tier: "exceptions" }),
      "listed",
      { legalBasis: listing?.legalBasis ?? "" },
    ],
  ]);
};

const districtFacts = (dwelling: Dwelling, facts: Facts, plan: Plan): readonly UsedFact[] =>
  plan.districts
    .filter(({ level, id }) => facts.areaOf(level, dwelling.district)?.id === id)
    .filter(({ level }) => facts.problem.policy.evenness.levels.includes(level))
    .filter(() => facts.problem.policy.tiers.some(({ tier }) => tier === "evenness"))
    .map(({ id, level, measure, target, before, placed }) => ({
      about: "district" as const,
      code: "district-load" as const,
      values: {
        area: facts.areas(level).find((area) => area.id === id)?.name || id,
        level,
        measure,
        target,
        before,
        placed,
      },
    }));

/** The facts that this decision rests on: those that a rule or an aim which is switched on reads, and no others. */
export const usedFacts = (
  facts: Facts,
  plan: Plan,
  given: { readonly household: Household; readonly dwelling: Dwelling | null; readonly drawn: boolean },
): readonly UsedFact[] => [
  ...householdFacts(given.household, facts, given.drawn),
  ...(given.dwelling === null
    ? []
    : [...dwellingFacts(given.household, given.dwelling, facts), ...districtFacts(given.dwelling, facts, plan)]),
];
