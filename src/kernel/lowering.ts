// Typed arrays are read with `as number` here: every index comes from the model.
import { copyOf, tighten } from "./domain.js";
import type { LeximaxTerm } from "./model.js";
import { relaxation } from "./relax.js";
import { searcher } from "./search.js";
import type { Stage } from "./stage.js";
import { alikePrices } from "./start.js";
import { type Run, type State, taskOf } from "./state.js";
import { excessStage, lowest, nextTerm, squares, termsOf } from "./terms.js";

/** Random moves of a search, per agent. */
const TRIALS = 10_000;
const QUICK_TRIALS = 400;
const HALVINGS = 8;
const FLOOR_HALVINGS = 16;

/** A leximax tier. */
export interface LeximaxTier {
  readonly tier: number;
  readonly name: string;
  readonly terms: readonly LeximaxTerm[];
  readonly tolerance: number;
}

/** Look for a choice that makes a stage smaller than the one in hand, down to `enough`. */
const searched = (run: Run, state: State, given: { stage: Stage; enough: number; trials: number }): Int32Array => {
  const { stage, enough, trials } = given;
  const arcOf = state.arcOf as Int32Array;
  if (run.effort.stop()) return arcOf;
  const search = searcher(taskOf(run, state, stage), copyOf(state.domain), run.effort);
  const ways = { near: null, deep: false, sweeps: 2 };
  return search.anneal(arcOf, ways, { trials: trials * run.core.agents, enough, seed: 1, heat: 1 })?.arcOf ?? arcOf;
};

/** What no choice can go below, as far as one price on all rows shows: the terms of all choices take up what there is to share out. */
export const floorOf = (run: Run, state: State, { name, terms }: LeximaxTier): number => {
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
export const lowering = (run: Run, before: State, given: LeximaxTier & { readonly floor: number }) => {
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
      const stage = squares(core, before.domain, { terms, power: 1 });
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

/** The choice in hand, bettered once towards a smaller stage, if its terms are smaller then. */
const bettered = (
  run: Run,
  state: State,
  given: { readonly terms: readonly LeximaxTerm[]; readonly stage: Stage },
): Int32Array => {
  const { core } = run;
  const { terms, stage } = given;
  const arcOf = state.arcOf as Int32Array;
  const search = searcher(taskOf(run, state, stage), copyOf(state.domain), run.effort);
  const found = search.improve(arcOf, { near: null, deep: false, unstopped: true, sweeps: 1 })?.arcOf ?? arcOf;
  const [before, after] = [termsOf(core, terms, arcOf), termsOf(core, terms, found)];
  const at = before.findIndex((term, i) => term !== after[i]);
  return (after[at] ?? 0) < (before[at] ?? 0) ? found : arcOf;
};

/** The choice in hand, bettered once towards no term above `most`. */
export const eased = (run: Run, state: State, given: LeximaxTier & { readonly most: number }): Int32Array => {
  const threshold = nextTerm(run.core, given.terms, { threshold: given.most, above: true });
  return bettered(run, state, { ...given, stage: excessStage(run.core, state.domain, { ...given, threshold }) });
};

/** The choice in hand, bettered once towards terms that are alike: the sum of their squares, weighted so that each counts by itself, leads there. */
export const evened = (run: Run, state: State, given: LeximaxTier): Int32Array =>
  bettered(run, state, { ...given, stage: squares(run.core, state.domain, { ...given, power: 2 }) });
