import type { Issue } from "../base/errors.js";
import { faultAt } from "./fault.js";
import { METHODS } from "./methods/kinds.js";

/** What a division is asked for, before it is known to be possible. */
export interface Asked {
  readonly total: number;
  /** Which parties have a weight above 0. */
  readonly positive: readonly boolean[];
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
}

const TIE_BREAKS: readonly unknown[] = ["largest-weight", "smallest-weight", "first", "last"];

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const weightIssues = (weights: readonly unknown[]): readonly Issue[] =>
  weights.flatMap((weight, i) =>
    typeof weight === "number" && Number.isFinite(weight) && weight >= 0
      ? []
      : [
          faultAt(
            "apportion.weight-not-a-size",
            `weights[${i}]`,
            "a finite number, 0 or more",
            String(weight),
            `Weight ${i} is ${String(weight)}; a weight is a finite number, 0 or more.`,
          ),
        ],
  );

export const methodIssues = (method: string): readonly Issue[] => {
  const names = METHODS.map(({ name }) => name);
  if (names.some((name) => name === method)) return [];
  const near = names.find((name) => name[0] === String(method)[0]?.toLowerCase());
  return [
    faultAt(
      "apportion.unknown-method",
      "method",
      names.join(", "),
      String(method),
      `The method "${method}" is none of ${names.join(", ")}.`,
      near === undefined ? null : `Maybe it is "${near}".`,
    ),
  ];
};

export const tieBreakIssues = (tieBreak: unknown, parties: number): readonly Issue[] => {
  if (TIE_BREAKS.includes(tieBreak)) return [];
  if (Array.isArray(tieBreak) && tieBreak.length === parties && tieBreak.every((place) => Number.isFinite(place))) {
    return [];
  }
  const expected = `${TIE_BREAKS.join(", ")}, or one finite number per party`;
  return [
    faultAt(
      "apportion.unknown-tie-break",
      "options.tieBreak",
      expected,
      JSON.stringify(tieBreak) ?? "nothing",
      `The tie-break is none of ${expected}.`,
    ),
  ];
};

/** Faults of single figures and of lengths. */
export const shapeIssues = ({ total, positive, minimum, maximum }: Asked): readonly Issue[] => [
  ...(isWhole(total)
    ? []
    : [
        faultAt(
          "apportion.total-not-whole",
          "total",
          "a whole number, 0 or more",
          String(total),
          `The total is ${total}; seats are a whole number, 0 or more.`,
        ),
      ]),
  ...boundIssues("minimum", minimum, positive.length, isWhole),
  ...boundIssues("maximum", maximum, positive.length, (value) => value === Infinity || isWhole(value)),
];

const boundIssues = (
  name: "minimum" | "maximum",
  bounds: readonly number[],
  parties: number,
  fits: (value: number) => boolean,
): readonly Issue[] => [
  ...(bounds.length === parties
    ? []
    : [
        faultAt(
          "apportion.length-mismatch",
          `options.${name}`,
          `${parties} numbers, one per weight`,
          `${bounds.length} numbers`,
          `There are ${bounds.length} ${name} figures for ${parties} weights.`,
        ),
      ]),
  ...bounds.flatMap((bound, i) =>
    fits(bound)
      ? []
      : [
          faultAt(
            "apportion.bound-not-whole",
            `options.${name}[${i}]`,
            "a whole number, 0 or more",
            String(bound),
            `The ${name} of party ${i} is ${bound}; seats are a whole number, 0 or more.`,
          ),
        ],
  ),
];

/** Why no division can have this total; empty where one can. */
export const reachIssues = ({ total, positive, minimum, maximum }: Asked): readonly Issue[] => {
  const crossed = minimum.flatMap((least, i) =>
    least <= (maximum[i] ?? Infinity)
      ? []
      : [
          faultAt(
            "apportion.minimum-above-maximum",
            `options.minimum[${i}]`,
            `at most ${maximum[i]}`,
            String(least),
            `Party ${i} needs at least ${least} and may have at most ${maximum[i]}.`,
          ),
        ],
  );
  if (crossed.length > 0) return crossed;
  const least = sum(minimum);
  const most = sum(maximum.map((value, i) => (positive[i] ? value : (minimum[i] ?? 0))));
  if (least > total)
    return [totalFault("minimum-above-total", `at least ${least}`, total, `the minima add up to ${least}`)];
  if (most >= total) return [];
  if (positive.length === 0) return [totalFault("no-parties", "0", total, "there is no party to give them to")];
  return positive.some(Boolean)
    ? [
        totalFault(
          "maximum-below-total",
          `at most ${most}`,
          total,
          `the maxima of the parties that may have any admit ${most}`,
        ),
      ]
    : [totalFault("weights-all-zero", `at most ${most}`, total, "every weight is 0, which favours nobody")];
};

const totalFault = (what: string, expected: string, total: number, why: string): Issue =>
  faultAt(`apportion.${what}`, "total", expected, String(total), `${total} seats cannot be divided: ${why}.`);
