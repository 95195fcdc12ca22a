import * as z from "zod";
import type { Placement } from "../domain/plan.js";
import { civilDate, id, text } from "../domain/primitives.js";

export type Status = Placement["status"];

/** A rule that a person overrides. `legalBasis` is the person's, not the rule's own. */
export interface OverriddenRule {
  readonly rule: string;
  /** Whether the law makes it absolute. */
  readonly absolute: boolean;
  readonly legalBasis: string | null;
}

/** A plan is put before the people who decide: all that is needed to make the same plan again. */
export interface ProposalData {
  readonly reason: string;
  /** `run.inputHash` of the plan. */
  readonly inputHash: string;
  /** The problem in canonical order, or null where it is kept elsewhere. */
  readonly problem: unknown;
  readonly planHash: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly solver: string;
  readonly version: string;
  readonly draw: { readonly rule: string; readonly seed: string };
  /** Placements that stand from an earlier plan of this log: reviewed, decided or rejected already. */
  readonly carried: readonly Placement[];
}

/** One placement takes one step. */
export interface StepData {
  readonly reason: string;
  readonly household: string;
  readonly dwelling: string;
  readonly from: Status;
  readonly to: Status;
  readonly legalBasis: string | null;
  /** Rules that the placement breaks by a person's pin. */
  readonly overrides: readonly OverriddenRule[];
  /** Hash of the plan before and after the step. */
  readonly before: string;
  readonly after: string;
}

/** A person pins or forbids a pair, and may override rules by it. It binds from the next proposal on. */
export interface OverrideData {
  readonly reason: string;
  readonly kind: "pin" | "forbid";
  readonly household: string;
  readonly dwelling: string;
  readonly overrides: readonly OverriddenRule[];
  readonly legalBasis: string | null;
  /** Hash of the problem with this decision in it. */
  readonly inputHash: string;
}

/** A class of households that neither the model nor the rule of the draw could tell apart, and to which the lot gave different homes. */
export interface DrawnClass {
  /** In the order of the draw. */
  readonly households: readonly string[];
  /** What each was given; null for none. */
  readonly dwellings: readonly (string | null)[];
}

/** The draw by which ties were broken. Anyone can do it again from seed and ids alone. */
export interface DrawData {
  readonly reason: string;
  readonly inputHash: string;
  readonly rule: string;
  readonly seed: string;
  /** Every household, first in the draw first. */
  readonly order: readonly string[];
  readonly drawn: readonly DrawnClass[];
}

/** Anything else that belongs in the file: a hearing, a wish, a telephone call. The reason is the text. */
export interface NoteData {
  readonly reason: string;
  readonly households: readonly string[];
}

/** Data of earlier entries were taken away. Never redacted itself: its reason may not name a household. */
export interface RedactionData {
  readonly reason: string;
  readonly before: string;
  /** Numbers of the entries whose data were taken away by this redaction. */
  readonly entries: readonly number[];
}

/** What each action carries. */
export interface DataOf {
  readonly proposal: ProposalData;
  readonly review: StepData;
  readonly decision: StepData;
  readonly rejection: StepData;
  readonly override: OverrideData;
  readonly draw: DrawData;
  readonly note: NoteData;
  readonly redaction: RedactionData;
}
export type Action = keyof DataOf;

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const reason = text.regex(/\S/);
const status = z.enum(["proposed", "reviewed", "decided", "rejected"]);
const overrides = z.array(z.strictObject({ rule: id, absolute: z.boolean(), legalBasis: text.nullable() }));
const placement = z.strictObject({ household: id, dwelling: id, status, since: z.string().exactOptional() });

const step = z.strictObject({
  reason,
  household: id,
  dwelling: id,
  from: status,
  to: status,
  legalBasis: text.nullable(),
  overrides,
  before: SHA256,
  after: SHA256,
}) satisfies z.ZodType<StepData>;

/** The form of every action's data. A new action is one more line here, its type above. */
export const DATA_SCHEMAS: { readonly [A in Action]: z.ZodType<DataOf[A]> } = {
  proposal: z.strictObject({
    reason,
    inputHash: SHA256,
    problem: z.record(z.string(), z.unknown()).nullable(),
    planHash: SHA256,
    options: z.record(z.string(), z.unknown()),
    solver: text,
    version: text,
    draw: z.strictObject({ rule: text, seed: text }),
    carried: z.array(placement),
  }),
  review: step,
  decision: step,
  rejection: step,
  override: z.strictObject({
    reason,
    kind: z.enum(["pin", "forbid"]),
    household: id,
    dwelling: id,
    overrides,
    legalBasis: text.nullable(),
    inputHash: SHA256,
  }),
  draw: z.strictObject({
    reason,
    inputHash: SHA256,
    rule: text,
    seed: text,
    order: z.array(id),
    drawn: z.array(z.strictObject({ households: z.array(id), dwellings: z.array(id.nullable()) })),
  }),
  note: z.strictObject({ reason, households: z.array(id) }),
  redaction: z.strictObject({
    reason,
    before: civilDate,
    entries: z.array(z.number().int().min(0)).min(1),
  }),
};

export const isAction = (value: unknown): value is Action =>
  typeof value === "string" && Object.hasOwn(DATA_SCHEMAS, value);

/** What an action makes of a placement; actions that are no step are not listed. */
export const STATUS_OF = { review: "reviewed", decision: "decided", rejection: "rejected" } as const;
export type StepAction = keyof typeof STATUS_OF;
