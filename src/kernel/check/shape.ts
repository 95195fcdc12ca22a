import type { Certificate } from "../certificate.js";
import type { KernelResult } from "../model.js";

/** Whether a value is of a kind, whatever it is. */
type Is = (value: unknown) => boolean;

const isNumber: Is = (value) => typeof value === "number";

const listOf =
  (isItem: Is): Is =>
  (value) => {
    if (!Array.isArray(value)) return false;
    // Unlike `every`, this sees the holes of a list as well.
    for (const item of value) if (!isItem(item)) return false;
    return true;
  };

const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value);

const record =
  (fields: Readonly<Record<string, Is>>): Is =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, is]) => is((value as Readonly<Record<string, unknown>>)[name]));

const isBoolean: Is = (value) => typeof value === "boolean";
const isString: Is = (value) => typeof value === "string";
const isNumbers = listOf(isNumber);
const isPair: Is = (value) => isNumbers(value) && (value as readonly number[]).length === 2;
const isSparse = listOf(isPair);
const isPriceList = listOf(record({ rows: isSparse, limits: isSparse, places: isSparse, agents: optional(isSparse) }));

const isOnRow = record({ row: isNumber, at: isNumber });
const hasRow: Is = (value) => typeof value === "object" && value !== null && "row" in value;
const isOnAgent = record({ agent: isNumber, arcs: isNumbers });
const isTree = listOf(
  record({
    prices: isPriceList,
    branch: optional((value) => (hasRow(value) ? isOnRow : isOnAgent)(value)),
    parts: optional(isPair),
  }),
);

const isStage = record({
  tier: isNumber,
  threshold: optional(isNumber),
  least: optional((value) => value === true),
  choice: optional(isNumbers),
  precision: isNumber,
  equal: isNumber,
  cutsBefore: isPriceList,
  tree: isTree,
  keep: optional(isNumber),
  cutsAfter: isPriceList,
  shrink: optional(isTree),
});

/** Whether a value has the lists, numbers and fields of a certificate; what they prove is another matter. Certificates from before there were blocks have none. */
export const isCertificate = (value: unknown): value is Certificate =>
  record({
    counts: listOf(record({ row: isNumber, coefficient: isNumber })),
    blocks: optional(isNumbers),
    tolerances: isNumbers,
    stages: listOf(isStage),
    infeasible: optional(record({ rows: listOf(isString), minimal: isBoolean })),
  })(value);

const STATUSES: readonly unknown[] = ["optimal", "feasible", "infeasible", "time-limit", "aborted"];

/** Whether a value has the lists, numbers and fields of a result; its certificate is another matter. A choice that was written down as a list is one. */
export const isResult = (value: unknown): value is KernelResult =>
  record({
    status: (status) => STATUSES.includes(status),
    arcOf: (arcOf) => arcOf instanceof Int32Array || isNumbers(arcOf),
    tiers: listOf(
      record({ name: isString, value: isNumber, bound: isNumber, optimal: isBoolean, vector: optional(isNumbers) }),
    ),
  })(value);
