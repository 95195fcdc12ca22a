// Typed arrays are read with `as number` here: every index comes from the model.
import type { CertifiedStage } from "./certificate.js";
import type { Core } from "./core.js";
import { copyOf } from "./domain.js";
import { eased, evened, floorOf, type LeximaxTier, lowering } from "./lowering.js";
import type { LeximaxTerm } from "./model.js";
import { solveObjective } from "./objective.js";
import { limitOf } from "./stage.js";
import { type Run, type State, withLimit } from "./state.js";
import { countFrom, countStage, distinct, firstAt, lowest, sameTerm, termsOf } from "./terms.js";

/** Rounds of prices: to see whether the first choice is the best, and for each bound that is tried. */
const QUICK_ROUNDS = 10;
const SHOWN_ROUNDS = 40;

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

export interface LeximaxSolved {
  readonly state: State;
  /** No choice has a smaller largest term. */
  readonly bound: number;
  readonly proven: boolean;
}

/** Shares of the way down from the best choice to what none can go below, at which bounds are tried. */
const DEPTHS = [1 / 64, 1 / 16, 1 / 4, 1];

/** A good choice to begin with; where it cannot soon be shown to be best, what no choice can go below. */
function* firstBound(run: Run, before: State, given: LeximaxTier): Generator<void, { state: State; bound: number }> {
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
    // Nothing is below the least there can be here, whatever there was in another model.
    const most = Math.max(least, earlier.value);
    if (top() > most) state = { ...state, arcOf: eased(run, state, { ...given, most }) };
    const stage = earlier.shown <= least || top() <= earlier.shown ? null : yield* shown(earlier.shown, 1);
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

/** The largest term of the choice in hand and how many reach it, held for later objectives without a proof: nothing is bounded, so that it takes next to no time. */
const heldInPassing = (run: Run, before: State, given: LeximaxTier): State => {
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
export function* solveLeximax(run: Run, before: State, given: LeximaxTier): Generator<void, LeximaxSolved> {
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
    // What an earlier result showed of this value may be shown at once.
    if (position === 0 && run.effort.stop() && threshold !== run.earlier?.topOf(tier)?.shown)
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
