import type * as z from "zod";
import { InternalError } from "../base/errors.js";
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
  /** What each kind makes of `{}`. */
  readonly defaults: ReadonlyMap<KnownRule | KnownObjective, unknown>;
}

/** A kind's own defaults; one that does not take `{}` breaks its contract. */
const defaultsOf = ({ id, schema }: KnownRule | KnownObjective): unknown => {
  const result = schema.safeParse({});
  if (!result.success) throw new InternalError("kind.no-defaults", `${id} has no defaults`);
  return result.data;
};

/** Defaults are made once, when the kinds are put together: nothing that happens to `Object.prototype` later gets into them. */
export const kindsOf = (rules: readonly KnownRule[], objectives: readonly KnownObjective[]): Kinds => ({
  rules,
  objectives,
  defaults: new Map([...rules, ...objectives].map((kind) => [kind, defaultsOf(kind)])),
});

/** Full id by id or alias. */
export const ruleNames = ({ rules }: Kinds): ReadonlyMap<string, KnownRule> =>
  new Map(rules.flatMap((rule) => [rule.id, ...rule.aliases].map((name) => [name, rule] as const)));

/** Objective by id or tier name. */
export const objectiveNames = ({ objectives }: Kinds): ReadonlyMap<string, KnownObjective> =>
  new Map(objectives.flatMap((objective) => [objective.id, objective.tier].map((name) => [name, objective] as const)));
