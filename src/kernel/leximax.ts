// Typed arrays are read with `as number` here: every index comes from the model.
import type { CertifiedStage } from "./certificate.js";
import type { Core } from "./core.js";
import { copyOf, type Domain, tighten } from "./domain.js";
import type { LeximaxTerm } from "./model.js";
import { solveObjective } from "./objective.js";
import { relaxation } from "./relax.js";
import { searcher } from "./search.js";
import { limitOf, type Piece, rowValues, type Stage, stageOf } from "./stage.js";
import { alikePrices } from "./start.js";
import { type Run, type State, taskOf, withLimit } from "./state.js";

/** Terms that differ by no more are equal. */
const sameTerm = (term: number): number => 2 ** -40 * Math.max(1, Math.abs(term));

/** Random moves of a search, per agent. */
const TRIALS = 10_000;
const QUICK_TRIALS = 400;
const HALVINGS = 8;
const QUICK_ROUNDS = 10;
const SHOWN_ROUNDS = 40;
const FLOOR_HALVINGS = 16;

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
const countStage = (
  core: Core,
  domain: Domain,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number; above: boolean },
): Stage => termStage(core, domain, { ...given, form: "reach", from: (term) => firstAt(core, term, given) });

/** No more than so many terms may be above `threshold`: where none may, no row may take a value whose term is. */
const holdAbove = (
  run: Run,
  state: State,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number; most: number },
): State => {
  const { core } = run;
  const { terms, most } = given;
  const stage = countStage(core, state.domain, { ...given, above: true });
  const domain = copyOf(state.domain);
  if (most === 0)
    for (const term of terms) {
      const last = firstAt(core, term, { ...given, above: true }) - 1;
      if (last < (domain.high[term.row] as number)) domain.high[term.row] = last;
    }
  return withLimit(
    run,
    { ...state, domain },
    limitOf(core, stage, { limit: most * stage.scale, domain: state.domain, support: null }),
  );
};

/** Where only as many rows as there must be can have a term of `threshold` or more, each of them has. */
const pinReaching = (
  core: Core,
  state: State,
  given: { terms: readonly LeximaxTerm[]; threshold: number; count: number },
): State => {
  const reaching = given.terms
    .map((term) => ({ row: term.row, from: firstAt(core, term, { ...given, above: false }) }))
    .filter(({ row, from }) => (state.domain.high[row] as number) >= from);
  // One row may carry several terms: then it counts several times.
  if (reaching.length !== given.count || new Set(reaching.map(({ row }) => row)).size < given.count) return state;
  const domain = copyOf(state.domain);
  for (const { row, from } of reaching) domain.low[row] = Math.max(domain.low[row] as number, from);
  return { ...state, domain };
};

/** By how much the terms reach beyond what is below `threshold`, in their rows' unit. */
const excessStage = (
  core: Core,
  domain: Domain,
  given: { name: string; terms: readonly LeximaxTerm[]; threshold: number },
): Stage =>
  termStage(core, domain, {
    ...given,
    form: "excess",
    from: (term) => firstAt(core, term, { ...given, above: false }) - 1,
  });

/** Look for a choice that makes a stage smaller than the one in hand, down to `enough`. */
const searched = (run: Run, state: State, given: { stage: Stage; enough: number; trials: number }): Int32Array => {
  const { stage, enough, trials } = given;
  const arcOf = state.arcOf as Int32Array;
  if (run.effort.stop()) return arcOf;
  const search = searcher(taskOf(run, state, stage), copyOf(state.domain), run.effort);
  const ways = { near: null, deep: false, sweeps: 2 };
  return search.anneal(arcOf, ways, { trials: trials * run.core.agents, enough, seed: 1, heat: 1 })?.arcOf ?? arcOf;
};

/** Least squares of the terms: a good start for the largest. */
const squares = (core: Core, domain: Domain, terms: readonly LeximaxTerm[]): Stage =>
  stageOf(core, domain, {
    name: "start",
    sign: 1,
    pieces: terms.map(
      ({ row, offset, divisor }): Piece => ({ row, form: "quadratic", target: -offset, scale: 1 / divisor }),
    ),
  });

/** The largest of each group of values that are equal to it. */
const distinct = (vector: readonly number[]): readonly number[] => {
  const firsts: number[] = [];
  for (const value of vector) {
    const first = firsts.at(-1);
    if (first === undefined || value < first - sameTerm(first)) firsts.push(value);
  }
  return firsts;
};

const countFrom = (vector: readonly number[], threshold: number): number =>
  vector.filter((value) => value >= threshold - sameTerm(threshold)).length;

export interface LeximaxSolved {
  readonly state: State;
  /** No choice has a smaller largest term. */
  readonly bound: number;
  readonly proven: boolean;
}

/** No term can be smaller than its row at its lowest. */
const lowest = (core: Core, { low }: Domain, terms: readonly LeximaxTerm[]): number =>
  terms.length === 0 ? 0 : Math.max(...terms.map((term) => termAt(core, term, low[term.row] as number)));

interface Given {
  readonly tier: number;
  readonly name: string;
  readonly terms: readonly LeximaxTerm[];
  readonly tolerance: number;
}

/** The smallest value that a term can take above `threshold`, or from it on. */
const nextTerm = (
  core: Core,
  terms: readonly LeximaxTerm[],
  given: { readonly threshold: number; readonly above: boolean },
): number => Math.min(...terms.map((term) => termAt(core, term, firstAt(core, term, given))));

/** What no choice can go below, as far as one price on all rows shows: the terms of all choices take up what there is to share out. */
const floorOf = (run: Run, state: State, { name, terms }: Given): number => {
  const { core } = run;
  const domain = copyOf(state.domain);
  let floor = lowest(core, domain, terms);
  if (!tighten(core, domain)) return floor;
  let open = termsOf(core, terms, state.arcOf as Int32Array)[0] as number;
  for (let i = 0; i < FLOOR_HALVINGS && floor < open && !run.effort.stop(); i++) {
    const threshold = nextTerm(core, terms, { threshold: (floor + open) / 2, above: false });
    const stage = excessStage(core, domain, { name, terms, threshold });
    const task = taskOf(run, state, stage);
    if (threshold < open && alikePrices(task, relaxation(task, domain)).bound > 0) floor = threshold;
    else open = (floor + open) / 2;
  }
  return floor;
};

/** Searches for a choice whose largest term is smaller; none is below `floor`. */
const lowering = (run: Run, before: State, given: Given & { readonly floor: number }) => {
  const { core } = run;
  const { name, terms, floor } = given;
  let arcOf = before.arcOf as Int32Array;
  const top = (): number => termsOf(core, terms, arcOf)[0] as number;
  const consider = (found: Int32Array): boolean => {
    if ((termsOf(core, terms, found)[0] as number) >= top()) return false;
    arcOf = found;
    return true;
  };
  const isLowered = (threshold: number, trials: number): boolean => {
    const stage = excessStage(core, before.domain, { name, terms, threshold });
    return consider(searched(run, { ...before, arcOf }, { stage, enough: 0, trials }));
  };
  /** First down to the floor, then halfway. */
  const halve = (trials: number, halvings: number): void => {
    let least = floor;
    if (top() <= floor || isLowered(nextTerm(core, terms, { threshold: floor, above: true }), trials)) return;
    for (let i = 0; i < halvings && top() > least && !run.effort.stop(); i++) {
      const middle = (least + top()) / 2;
      if (!isLowered(middle, trials)) least = middle;
    }
  };
  return {
    /** Even choices first, then such whose largest term is smaller. */
    quickly: (): State => {
      const stage = squares(core, before.domain, terms);
      consider(searched(run, before, { stage, enough: 0, trials: QUICK_TRIALS }));
      halve(QUICK_TRIALS, HALVINGS);
      return { ...before, arcOf };
    },
    /** Step by step, until nothing is found. */
    thoroughly: (): State => {
      halve(TRIALS, HALVINGS / 2);
      while (top() > floor && !run.effort.stop() && isLowered(top(), TRIALS));
      return { ...before, arcOf };
    },
  };
};

/** Shares of the way down from the best choice to what none can go below, at which bounds are tried. */
const DEPTHS = [1 / 64, 1 / 16, 1 / 4, 1];

/** A good choice to begin with; where it cannot soon be shown to be best, what no choice can go below. */
function* firstBound(run: Run, before: State, given: Given): Generator<void, { state: State; bound: number }> {
  const { core } = run;
  const { tier, name, terms } = given;
  const { stop, isOver } = run.effort;
  const least = lowest(core, before.domain, terms);
  let state = before;
  const top = (): number => termsOf(core, terms, state.arcOf as Int32Array)[0] as number;
  const shown = function* (threshold: number, rootRounds = SHOWN_ROUNDS): Generator<void, CertifiedStage | null> {
    const quick = { ...run, effort: { ...run.effort, rootRounds, nodes: 0 } };
    const { outcome, state: after } = yield* solveObjective(quick, state, {
      tier,
      threshold,
      below: 0,
      tolerance: Number.POSITIVE_INFINITY,
      make: (domain) => countStage(core, domain, { name, terms, threshold, above: false }),
    });
    const stage = after.stages.at(-1);
    return outcome.proven && stage !== undefined ? { ...stage, cutsAfter: [], least: true } : null;
  };
  if (stop()) {
    // What an earlier result reached may be reached again, and what it showed may be shown at once.
    const earlier = run.earlier?.topOf(tier) ?? null;
    if (earlier === null) return { state, bound: least };
    if (top() > earlier.value) state = { ...state, arcOf: eased(run, state, { ...given, most: earlier.value }) };
    const stage = top() <= earlier.shown ? null : yield* shown(earlier.shown, 1);
    return stage === null
      ? { state, bound: least }
      : { state: { ...state, stages: [...state.stages, stage] }, bound: earlier.shown };
  }
  const floor = floorOf(run, before, given);
  const search = lowering(run, before, { ...given, floor });
  state = search.quickly();
  if (!stop()) {
    const best = yield* shown(top(), QUICK_ROUNDS);
    // It is shown again where terms are counted, unless there is no time left for that.
    if (best !== null && stop()) return { state: { ...state, stages: [...state.stages, best] }, bound: top() };
    if (best !== null) return { state, bound: least };
    state = search.thoroughly();
  }
  for (const depth of DEPTHS) {
    if (isOver()) break;
    // Where only this objective's time is over, the lowest bound alone is tried, which is the likeliest to be shown.
    if (stop() && depth < 1) continue;
    const bound = top() - depth * (top() - floor);
    const stage = yield* shown(bound);
    if (stage !== null) return { state: { ...state, stages: [...state.stages, stage] }, bound };
  }
  return { state, bound: least };
}

/** The choice in hand, bettered once towards no term above `most`. */
const eased = (run: Run, state: State, { name, terms, most }: Given & { readonly most: number }): Int32Array => {
  const { core } = run;
  const arcOf = state.arcOf as Int32Array;
  const domain = copyOf(state.domain);
  const threshold = nextTerm(core, terms, { threshold: most, above: true });
  const search = searcher(
    taskOf(run, state, excessStage(core, domain, { name, terms, threshold })),
    domain,
    run.effort,
  );
  const found = search.improve(arcOf, { near: null, deep: false, unstopped: true, sweeps: 1 })?.arcOf ?? arcOf;
  return (termsOf(core, terms, found)[0] as number) < (termsOf(core, terms, arcOf)[0] as number) ? found : arcOf;
};

/** The choice in hand, bettered once towards terms that are alike: the sum of their squares, weighted so that each counts by itself, leads there. */
const evened = (run: Run, state: State, { name, terms }: Given): Int32Array => {
  const { core } = run;
  const arcOf = state.arcOf as Int32Array;
  const domain = copyOf(state.domain);
  const pieces = terms.map(({ row, offset, divisor }) => ({
    row,
    form: "quadratic" as const,
    target: -offset,
    scale: 1 / divisor ** 2,
  }));
  const stage = stageOf(core, domain, { name, sign: 1, pieces });
  const search = searcher(taskOf(run, state, stage), domain, run.effort);
  const found = search.improve(arcOf, { near: null, deep: false, unstopped: true, sweeps: 1 })?.arcOf ?? arcOf;
  const [before, after] = [termsOf(core, terms, arcOf), termsOf(core, terms, found)];
  const at = before.findIndex((term, i) => term !== after[i]);
  return (after[at] ?? 0) < (before[at] ?? 0) ? found : arcOf;
};

/** The largest term of the choice in hand and how many reach it, held for later objectives without a proof: nothing is bounded, so that it takes next to no time. */
const heldInPassing = (run: Run, before: State, given: Given): State => {
  const { core } = run;
  const { tier, name, terms, tolerance } = given;
  const arcOf = evened(run, before, given);
  const vector = termsOf(core, terms, arcOf);
  const threshold = vector[0] as number;
  const unproven: CertifiedStage = {
    tier,
    threshold,
    choice: Array.from(arcOf),
    precision: 0,
    equal: 0,
    cutsBefore: [],
    cutsAfter: [],
    tree: [{ prices: [] }],
  };
  const state = { ...before, arcOf, stages: [...before.stages, unproven] };
  const held = holdAbove(run, state, { name, terms, threshold: threshold + tolerance, most: 0 });
  if (tolerance > 0) return held;
  const stage = countStage(core, held.domain, { name, terms, threshold, above: false });
  const limit = countFrom(vector, threshold) * stage.scale;
  return withLimit(run, held, limitOf(core, stage, { limit, domain: held.domain, support: null }));
};

/**
 * Make the largest term as small as can be, then the number of terms that reach it, then the next largest, and so on:
 * for each value of the best vector in turn, the fewest terms that reach it while none above grows more numerous. That order of counts is the leximax order.
 * With a tolerance only the largest term counts. Needs a choice to start from.
 */
export function* solveLeximax(run: Run, before: State, given: Given): Generator<void, LeximaxSolved> {
  const { core } = run;
  const { terms, tier, name, tolerance } = given;
  if (before.arcOf === null) return { state: before, bound: lowest(core, before.domain, terms), proven: false };
  if (terms.length === 0) return { state: before, bound: 0, proven: true };
  let { state, bound } = yield* firstBound(run, before, given);
  for (let position = 0; ; ) {
    const arcOf = state.arcOf as Int32Array;
    const vector = termsOf(core, terms, arcOf);
    const threshold = distinct(vector)[position];
    if (threshold === undefined) return { state, bound, proven: true };
    if (position > 0 && run.effort.isOver()) return { state, bound, proven: false };
    const isKnown = threshold <= (run.earlier?.topOf(tier)?.shown ?? Number.NEGATIVE_INFINITY);
    if (position === 0 && run.effort.stop() && !isKnown)
      return { state: heldInPassing(run, state, given), bound, proven: false };
    // Nothing above this value may grow more numerous than the steps before have shown to be necessary.
    const most = vector.filter((value) => value > threshold + sameTerm(threshold)).length;
    const held = holdAbove(run, state, { name, terms, threshold, most });
    if (position === 0 && tolerance > 0) {
      const solved = yield* solveObjective(run, held, {
        tier,
        threshold,
        below: 0,
        tolerance: Number.POSITIVE_INFINITY,
        make: (domain) => countStage(core, domain, { name, terms, threshold, above: false }),
      });
      const { best, proven } = solved.outcome;
      if (best !== null && best.value === 0 && (termsOf(core, terms, best.arcOf)[0] as number) < threshold) {
        state = { ...state, arcOf: best.arcOf };
        continue;
      }
      const kept = holdAbove(run, state, { name, terms, threshold: threshold + tolerance, most: 0 });
      return {
        state: { ...kept, stages: solved.state.stages },
        bound: proven ? threshold : bound,
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
    // Fewer by the terms themselves: else it would be looked for again, without end.
    if (best !== null && countFrom(termsOf(core, terms, best.arcOf), threshold) < countFrom(vector, threshold)) {
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
    state = pinReaching(core, solved.state, { terms, threshold, count: countFrom(vector, threshold) });
    position++;
  }
}
