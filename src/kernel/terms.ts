// Typed arrays are read with `as number` here: every index comes from the model.
import type { Core } from "./core.js";
import type { Domain } from "./domain.js";
import type { LeximaxTerm } from "./model.js";
import { type Piece, rowValues, type Stage, stageOf } from "./stage.js";

/** Terms that differ by no more are equal. */
export const sameTerm = (term: number): number => 2 ** -40 * Math.max(1, Math.abs(term));

const termAt = (core: Core, { row, offset, divisor }: LeximaxTerm, y: number): number =>
  (y / (core.rowScale[row] as number) + offset) / divisor;

/** All terms, largest first. */
export const termsOf = (core: Core, terms: readonly LeximaxTerm[], arcOf: Int32Array): number[] => {
  const y = rowValues(core, arcOf);
  return terms.map((term) => termAt(core, term, y[term.row] as number)).sort((a, b) => b - a);
};

/** The smallest whole row value whose term is at least `threshold`, or above it. */
export const firstAt = (core: Core, term: LeximaxTerm, given: { threshold: number; above: boolean }): number => {
  const { threshold, above } = given;
  const slack = sameTerm(threshold);
  const reaches = (y: number): boolean =>
    above ? termAt(core, term, y) > threshold + slack : termAt(core, term, y) >= threshold - slack;
  const least = above ? threshold : threshold - slack;
  let y = Math.floor((least * term.divisor - term.offset) * (core.rowScale[term.row] as number)) - 1;
  while (!reaches(y)) y++;
  return y;
};

/** Every term's row at a cost of one shape that begins at a whole value. */
const termStage = (
  core: Core,
  domain: Domain,
  given: {
    readonly name: string;
    readonly terms: readonly LeximaxTerm[];
    readonly form: Piece["form"];
    readonly from: (term: LeximaxTerm) => number;
  },
): Stage =>
  stageOf(core, domain, {
    name: given.name,
    sign: 1,
    pieces: given.terms.map((term) => ({
      row: term.row,
      form: given.form,
      target: given.from(term) / (core.rowScale[term.row] as number),
      scale: 1,
    })),
  });

/** How many terms are at least `threshold`, or above it. */
export const countStage = (
  core: Core,
  domain: Domain,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number; above: boolean },
): Stage => termStage(core, domain, { ...given, form: "reach", from: (term) => firstAt(core, term, given) });

/** By how much the terms reach beyond what is below `threshold`, in their rows' unit. */
export const excessStage = (
  core: Core,
  domain: Domain,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number },
): Stage =>
  termStage(core, domain, {
    ...given,
    form: "excess",
    from: (term) => firstAt(core, term, { ...given, above: false }) - 1,
  });

/** Squares of the terms times a `power` of their divisors less: 1 leads to terms that are alike, 2 counts each by itself. */
export const squares = (
  core: Core,
  domain: Domain,
  { terms, power }: { readonly terms: readonly LeximaxTerm[]; readonly power: 1 | 2 },
): Stage =>
  stageOf(core, domain, {
    name: "start",
    sign: 1,
    pieces: terms.map(
      ({ row, offset, divisor }): Piece => ({ row, form: "quadratic", target: -offset, scale: 1 / divisor ** power }),
    ),
  });

/** No term can be smaller than its row at its lowest. */
export const lowest = (core: Core, { low }: Domain, terms: readonly LeximaxTerm[]): number =>
  terms.length === 0 ? 0 : Math.max(...terms.map((term) => termAt(core, term, low[term.row] as number)));

/** The smallest value that a term can take above `threshold`, or from it on. */
export const nextTerm = (
  core: Core,
  terms: readonly LeximaxTerm[],
  given: { readonly threshold: number; readonly above: boolean },
): number => Math.min(...terms.map((term) => termAt(core, term, firstAt(core, term, given))));

/** The largest of each group of values that are equal to it. */
export const distinct = (vector: readonly number[]): readonly number[] => {
  const firsts: number[] = [];
  for (const value of vector) {
    const first = firsts.at(-1);
    if (first === undefined || value < first - sameTerm(first)) firsts.push(value);
  }
  return firsts;
};

export const countFrom = (vector: readonly number[], threshold: number): number =>
  vector.filter((value) => value >= threshold - sameTerm(threshold)).length;
