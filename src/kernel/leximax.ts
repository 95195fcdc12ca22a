// Typed arrays are read with `as number` here: every index comes from the model.
import type { Core } from "./core.js";
import { copyOf, type Domain } from "./domain.js";
import type { LeximaxTerm } from "./model.js";
import { searcher } from "./search.js";
import { limitOf, type Piece, rowValues, type Stage, stageOf } from "./stage.js";
import { type Run, type State, solveObjective, withLimit } from "./state.js";

/** Terms this close, relatively, are equal. */
export const SAME = 1e-9;

const termAt = (core: Core, { row, offset, divisor }: LeximaxTerm, y: number): number =>
  (y / (core.rowScale[row] as number) + offset) / divisor;

/** All terms, largest first. */
export const termsOf = (core: Core, terms: readonly LeximaxTerm[], arcOf: Int32Array): number[] => {
  const y = rowValues(core, arcOf);
  return terms.map((term) => termAt(core, term, y[term.row] as number)).sort((a, b) => b - a);
};

/** The smallest whole row value whose term is at least `threshold`, or above it. */
const firstAt = (core: Core, term: LeximaxTerm, given: { threshold: number; above: boolean }): number => {
  const { threshold, above } = given;
  const slack = SAME * Math.max(1, Math.abs(threshold));
  const reaches = (y: number): boolean =>
    above ? termAt(core, term, y) > threshold + slack : termAt(core, term, y) >= threshold - slack;
  let y = Math.floor((threshold * term.divisor - term.offset) * (core.rowScale[term.row] as number)) - 1;
  while (!reaches(y)) y++;
  return y;
};

/** How many terms are at least `threshold`, or above it. */
const countStage = (
  core: Core,
  domain: Domain,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number; above: boolean },
): Stage =>
  stageOf(core, domain, {
    name: given.name,
    sign: 1,
    pieces: given.terms.map(
      (term): Piece => ({
        row: term.row,
        form: "reach",
        target: firstAt(core, term, given) / (core.rowScale[term.row] as number),
        scale: 1,
      }),
    ),
  });

/** Least squares of the terms: a good start for the largest. */
const squares = (core: Core, domain: Domain, terms: readonly LeximaxTerm[]): Stage =>
  stageOf(core, domain, {
    name: "start",
    sign: 1,
    pieces: terms.map(
      ({ row, offset, divisor }): Piece => ({ row, form: "quadratic", target: -offset, scale: 1 / divisor }),
    ),
  });

const distinct = (vector: readonly number[]): readonly number[] =>
  vector.filter((value, i) => i === 0 || value < (vector[i - 1] as number) - SAME * Math.max(1, Math.abs(value)));

const countFrom = (vector: readonly number[], threshold: number): number =>
  vector.filter((value) => value >= threshold - SAME * Math.max(1, Math.abs(threshold))).length;

export interface LeximaxSolved {
  readonly state: State;
  /** No choice has a smaller largest term. */
  readonly bound: number;
  readonly proven: boolean;
}

/** No term can be smaller than its row at its lowest. */
const lowest = (core: Core, { low }: Domain, terms: readonly LeximaxTerm[]): number =>
  terms.length === 0 ? 0 : Math.max(...terms.map((term) => termAt(core, term, low[term.row] as number)));

/**
 * Make the largest term as small as can be, then the number of terms that reach it, then the next largest, and so on:
 * for each value of the best vector in turn, the fewest terms that reach it while none above grows more numerous. That order of counts is the leximax order.
 * With a tolerance only the largest term counts. Needs a choice to start from.
 */
export function* solveLeximax(
  run: Run,
  before: State,
  given: {
    readonly tier: number;
    readonly name: string;
    readonly terms: readonly LeximaxTerm[];
    readonly tolerance: number;
  },
): Generator<void, LeximaxSolved> {
  const { core } = run;
  const { terms, tier, name, tolerance } = given;
  let state = before;
  const floor = lowest(core, state.domain, terms);
  if (state.arcOf === null) return { state, bound: floor, proven: false };
  const even = squares(core, state.domain, terms);
  const found = searcher(
    { core, stage: even, limits: state.limits, held: state.held, counts: run.counts },
    copyOf(state.domain),
    run.effort.stop,
  ).improve(state.arcOf as Int32Array, { near: null, deep: false, sweeps: 6 });
  if (found !== null) state = { ...state, arcOf: found.arcOf };

  let bound = floor;
  for (let position = 0; ; ) {
    const arcOf = state.arcOf as Int32Array;
    const vector = termsOf(core, terms, arcOf);
    const threshold = distinct(vector)[position];
    if (threshold === undefined) return { state, bound, proven: true };
    // Nothing above this value may grow more numerous than the steps before have shown to be necessary.
    const above = countStage(core, state.domain, { name, terms, threshold, above: true });
    const more = vector.filter((value) => value > threshold + SAME * Math.max(1, Math.abs(threshold))).length;
    const held = withLimit(
      run,
      state,
      limitOf(core, above, { limit: more * above.scale, domain: state.domain, support: null }),
    );
    if (position === 0 && tolerance > 0) {
      const wide = countStage(core, state.domain, { name, terms, threshold: threshold + tolerance, above: true });
      const solved = yield* solveObjective(run, held, {
        tier,
        threshold,
        tolerance: Number.POSITIVE_INFINITY,
        make: (domain) => countStage(core, domain, { name, terms, threshold, above: false }),
      });
      const { best, proven } = solved.outcome;
      if (best !== null && best.value === 0) {
        state = { ...state, arcOf: best.arcOf };
        continue;
      }
      const kept = withLimit(run, state, limitOf(core, wide, { limit: 0, domain: state.domain, support: null }));
      return {
        state: { ...kept, stages: solved.state.stages },
        bound: proven ? threshold : floor,
        proven,
      };
    }
    const solved = yield* solveObjective(run, held, {
      tier,
      threshold,
      tolerance: 0,
      make: (domain) => countStage(core, domain, { name, terms, threshold, above: false }),
    });
    const { best, proven } = solved.outcome;
    if (best !== null && best.value < countFrom(vector, threshold) * solved.stage.scale) {
      state = { ...state, arcOf: best.arcOf };
      continue;
    }
    if (!proven) {
      // A later objective may come upon a better vector: the proof so far is told on the one it was made with.
      const choice = Array.from(arcOf);
      const stages = solved.state.stages.map((stage) => (stage.tier === tier ? { ...stage, choice } : stage));
      return { state: { ...solved.state, stages }, bound, proven: false };
    }
    if (position === 0) bound = threshold;
    state = solved.state;
    position++;
  }
}
