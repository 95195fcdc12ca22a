import type * as z from "zod";
import type { LegalBasis } from "../base/words.js";

/** What a policy needs to know of a rule; `Rule` of rules/rule.ts is one. */
export interface KnownRule {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly absolute: boolean;
  readonly legalBasis: readonly LegalBasis[];
  readonly schema: z.ZodType;
}

/** What a policy needs to know of an objective; `Objective` of objectives/objective.ts is one. */
export interface KnownObjective {
  readonly id: string;
  readonly tier: string;
  readonly schema: z.ZodType;
}

/** The rules and objectives that a problem may speak of. */
export interface Kinds {
  readonly rules: readonly KnownRule[];
  readonly objectives: readonly KnownObjective[];
}

/** Full id by id or alias. */
export const ruleNames = ({ rules }: Kinds): ReadonlyMap<string, KnownRule> =>
  new Map(rules.flatMap((rule) => [rule.id, ...rule.aliases].map((name) => [name, rule] as const)));

/** Objective by id or tier name. */
export const objectiveNames = ({ objectives }: Kinds): ReadonlyMap<string, KnownObjective> =>
  new Map(objectives.flatMap((objective) => [objective.id, objective.tier].map((name) => [name, objective] as const)));
