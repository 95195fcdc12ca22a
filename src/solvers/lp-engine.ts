import engine from "javascript-lp-solver";
import { secondsNow } from "../base/clock.js";

/** A model as javascript-lp-solver reads it; only what the adapter uses. */
export interface EngineModel {
  readonly optimize: string;
  readonly opType: "min" | "max";
  readonly constraints: Readonly<
    Record<string, { readonly min?: number; readonly max?: number; readonly equal?: number }>
  >;
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ints: Readonly<Record<string, 1>>;
  /** Always our own `undefined`: a model, or a polluted prototype, that names an external program would have it run. */
  readonly external: undefined;
  readonly timeout: number;
  readonly options: { readonly presolve: false; readonly timeout: number };
}

/** What answers a model; tests put liars here. */
export type LpEngine = (model: EngineModel) => unknown;

interface Tableau {
  readonly width: number;
  readonly height: number;
  phase1(): number;
  phase2(): number;
  pivot(row: number, column: number): void;
}

interface Library {
  readonly Tableau: { readonly prototype: Tableau };
  Solve(model: EngineModel): unknown;
  lastSolvedModel: unknown;
}

// Its published types do not hold under NodeNext, and promise less than nothing about the answer.
const library = engine as unknown as Library;

/** A phase of the simplex method that takes more pivots than this, and this per row and column, goes round in circles. */
const PIVOTS = 1000;
const PIVOTS_PER_LINE = 50;

/** What the engine's arithmetic was stopped with; it leaves `lpEngine` as it is. */
export class EngineStopped extends Error {
  override readonly name = "EngineStopped";
}

/**
 * Run with the engine's pivots counted and timed: it looks at its clock between branches only, and its phase 1 does not end on some
 * degenerate models. Nobody else sees the watched methods, since nothing here waits.
 */
const watched = <T>(timeoutMs: number, run: () => T): T => {
  const tableau = library.Tableau.prototype;
  const { phase1, phase2, pivot } = tableau;
  const until = secondsNow() + timeoutMs / 1000;
  let left = 0;
  const phase = (own: () => number) =>
    function (this: Tableau): number {
      left = PIVOTS + PIVOTS_PER_LINE * (this.width + this.height);
      return own.call(this);
    };
  tableau.phase1 = phase(phase1);
  tableau.phase2 = phase(phase2);
  tableau.pivot = function (row, column) {
    left--;
    if (left < 0) throw new EngineStopped("the simplex method does not end");
    if (secondsNow() > until) throw new EngineStopped("the time limit was reached");
    pivot.call(this, row, column);
  };
  try {
    return run();
  } finally {
    Object.assign(tableau, { phase1, phase2, pivot });
  }
};

/**
 * javascript-lp-solver 1.0.3, its time limit kept to a pivot. The module keeps the last model alive: it is let go here, since it may
 * hold what nobody should.
 *
 * @throws EngineStopped
 */
export const lpEngine: LpEngine = (model) => {
  try {
    return watched(model.timeout, () => library.Solve(model));
  } finally {
    library.lastSolvedModel = null;
  }
};

/** Whether the library still holds a model. */
export const holdsModel = (): boolean => library.lastSolvedModel !== null && library.lastSolvedModel !== undefined;
