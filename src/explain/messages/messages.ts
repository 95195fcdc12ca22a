import type { Clash } from "../clash.js";
import type { FactCode, UsedFact } from "../used-facts.js";

type Values = UsedFact["values"];

/** One dwelling, as facts already written out. */
export interface ToldDwelling {
  readonly dwelling: string;
  readonly facts: string;
}

/** What an alternative does, tier by tier, already written out. */
export interface ToldAlternative extends ToldDwelling {
  readonly exact: boolean;
  /** It has no home now, so that there is nothing to hold its own part against. */
  readonly housed: boolean;
  /** What the plan as a whole becomes, by the first aim that differs. */
  readonly verdict: { readonly effect: "better" | "worse" | "same"; readonly title: string };
  /** What the household itself gains and pays; empty where nothing. */
  readonly own: readonly string[];
  /** What all households together gain and pay, in the order of the aims; empty where nothing. */
  readonly everyone: readonly string[];
  /** Other households that would live elsewhere. */
  readonly movers: number;
  readonly losers: number;
  readonly overrides: readonly string[];
}

export interface ToldChange {
  readonly tier: string;
  readonly title: string;
  readonly unit: string;
  readonly amount: number;
  /** `other`: not to be compared, since another number of persons is spread. */
  readonly effect: "better" | "worse" | "other";
  readonly areas: readonly string[];
}

/** Every sentence of an explanation, in one language: whole sentences, never put together from fragments of another table. */
export interface Messages {
  readonly heading: (household: string) => string;
  readonly placed: (given: ToldDwelling) => string;
  readonly unplaced: string;
  readonly noPlan: string;
  readonly pinned: (given: { dwelling: string; by: string; reason: string }) => string;
  readonly setAside: (given: { sentences: readonly string[]; legalBasis: string | null }) => string;
  readonly sections: Readonly<
    Record<
      "rules" | "considerations" | "facts" | "alternatives" | "contrast" | "clash" | "relaxations" | "open",
      string
    >
  >;
  readonly dwellingsAtAll: (given: { dwellings: number; homes: number }) => string;
  readonly step: (given: {
    title: string;
    basis: string;
    ruledOut: number;
    left: number;
    absolute: boolean;
    example: { dwelling: string; sentence: string } | null;
  }) => string;
  readonly silentRules: (titles: string) => string;
  readonly left: (given: { count: number; placed: boolean }) => string;
  /** `others`: dwellings that the rules leave besides the proposed one. */
  readonly aims: (given: { others: number; placed: boolean; proven: boolean }) => string;
  /** `solved`: dwellings that a new solve shows it to speak against, as a list; `estimated`: `others` more by an estimate, listed where few. */
  readonly aim: (given: {
    tier: string;
    title: string;
    solved: string;
    estimated: string;
    others: number;
    own: string | null;
    basis: string;
  }) => string;
  readonly silentAims: (titles: string) => string;
  readonly asGood: (dwellings: string) => string;
  /** Only where the plan was not proven best. */
  readonly betterFound: (dwellings: string) => string;
  readonly notReached: (count: number) => string;
  readonly draw: (given: {
    by: "priority" | "waiting" | "number";
    household: string;
    equals: string;
    order: string;
    seed: string;
  }) => string;
  /** One of the equals in their order. `number`: its number where that put them into order, else null. */
  readonly drawn: (given: { household: string; dwelling: string | null; number: string | null }) => string;
  readonly fact: Readonly<Record<FactCode, (values: Values) => string>>;
  readonly about: Readonly<Record<UsedFact["about"], string>>;
  readonly noOtherFacts: string;
  readonly alternativesIntro: (count: number) => string;
  readonly noAlternatives: (given: { placed: boolean }) => string;
  readonly alternative: (given: ToldAlternative) => string;
  readonly proposedItself: (dwelling: string) => string;
  readonly barred: (given: { dwelling: string; sentences: readonly string[]; absolute: boolean }) => string;
  readonly impossible: (given: { dwelling: string; members: string }) => string;
  readonly clash: (given: {
    kind: "rules" | "rows" | "households";
    members: string;
    count: number;
    households: string;
    personsLost: number;
    minimal: boolean;
    nearest: { dwelling: string; sentences: readonly string[] } | null;
  }) => string;
  readonly clashMember: (given: { rule: string; title: string; subject: string | null }) => string;
  readonly relaxationsIntro: (count: number) => string;
  readonly noRelaxations: string;
  readonly relaxation: {
    readonly override: (given: { dwelling: string; sentences: readonly string[] }) => string;
    readonly quota: (given: { quota: string; max: number | null; min: number | null }) => string;
    readonly unpin: (household: string) => string;
    readonly allow: (dwelling: string) => string;
    readonly unlink: (households: string) => string;
    readonly switchOff: (rule: string) => string;
    readonly add: (
      given: ToldDwelling & {
        rooms: number;
        persons: number;
        district: string;
        rent: number | null;
        stepFree: boolean;
      },
    ) => string;
  };
  /** `dwelling`: null where the change names it already. */
  readonly housedIn: (given: { dwelling: string | null; pays: readonly string[]; losers: string }) => string;
  /** What an aim gains or pays, as a part of a list. `amount` is positive; `areas` are the areas that change, for the spread. */
  readonly change: (given: ToldChange) => string;
  /** What the household itself contributes to an aim, in its unit. */
  /** What the household's part of an aim says of the proposed dwelling; null for an aim that is no quality of a dwelling. */
  readonly own: (given: { tier: string; value: number }) => string | null;
  readonly area: (given: { area: string; before: number; after: number; target: number; measure: string }) => string;
  /** An aim that is asked for on several levels. */
  readonly titleBetween: (given: { title: string; level: string }) => string;
  readonly legal: (text: string) => string;
  readonly open: readonly string[];
  readonly proposalOnly: string;
}

/** Clash members as a kind that the sentence is chosen by. */
export const clashKind = ({ members, households, minimal }: Clash): "rules" | "rows" | "households" =>
  households.length > 0 ? "households" : minimal && members.every(({ subject }) => subject === null) ? "rules" : "rows";
