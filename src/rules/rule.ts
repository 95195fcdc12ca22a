import type * as z from "zod";
import type { LegalBasis, Localised, Sentence, WordFacts } from "../base/words.js";
import type { Plan } from "../domain/plan.js";
import type { Facts, Pair } from "../view/facts.js";
import type { RowSpec, View } from "../view/view.js";

/** One way to break a rule: the code names a sentence in the rule's `words`, the facts fill it. */
export interface Fault {
  readonly code: string;
  readonly facts: WordFacts;
}

/** A rule that a finished plan breaks. `subject` is the household, dwelling, quota or decision at fault. */
export interface Violation extends Fault {
  readonly rule: string;
  readonly subject: string;
  /** The amount by which it is broken, in the rule's unit; 1 where there is no amount. */
  readonly by: number;
}

/**
 * A hard rule: drops arcs (`allows`) or adds rows (`rows`), and checks a finished plan by itself (`check`, from the plan alone:
 * reading the model would repeat the model's mistakes). What `allows` and `rows` let through is exactly what `check` is silent on.
 */
export interface Rule {
  readonly id: string;
  /** Short names a policy may use for it. */
  readonly aliases: readonly string[];
  readonly title: Localised;
  /** Whether the law makes it absolute: then it can't be switched off, and an override needs a legal basis. */
  readonly absolute: boolean;
  readonly legalBasis: readonly LegalBasis[];
  /** Takes what the policy gives (`{}` for the defaults) and returns the parameters. */
  readonly schema: z.ZodType;
  readonly allows: ((parameters: unknown, pair: Pair, facts: Facts) => Fault | null) | null;
  readonly rows: ((parameters: unknown, view: View) => readonly RowSpec[]) | null;
  readonly check: (parameters: unknown, facts: Facts, plan: Pick<Plan, "placements">) => readonly Violation[];
  /** Every code's sentence. */
  readonly words: Readonly<Record<string, Sentence>>;
}

interface RuleSpec<P> {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title: Localised;
  readonly absolute?: boolean;
  readonly legalBasis: readonly LegalBasis[];
  readonly schema: z.ZodType<P>;
  readonly allows?: (parameters: P, pair: Pair, facts: Facts) => Fault | null;
  readonly rows?: (parameters: P, view: View) => readonly RowSpec[];
  readonly check: (
    parameters: P,
    facts: Facts,
    plan: Pick<Plan, "placements">,
  ) => readonly (Fault & { readonly subject: string; readonly by?: number })[];
  readonly words: Readonly<Record<string, Sentence>>;
}

/** Close over a rule's parameter type: its own schema made the parameters, so it alone may read them. */
export const defineRule = <P>(spec: RuleSpec<P>): Rule => {
  const { allows, rows } = spec;
  return {
    id: spec.id,
    aliases: spec.aliases ?? [],
    title: spec.title,
    absolute: spec.absolute ?? false,
    legalBasis: spec.legalBasis,
    schema: spec.schema,
    allows: allows === undefined ? null : (parameters, pair, facts) => allows(parameters as P, pair, facts),
    rows: rows === undefined ? null : (parameters, view) => rows(parameters as P, view),
    check: (parameters, facts, plan) =>
      spec
        .check(parameters as P, facts, plan)
        .map(({ code, facts: filled, subject, by }) => ({ rule: spec.id, code, facts: filled, subject, by: by ?? 1 })),
    words: spec.words,
  };
};
