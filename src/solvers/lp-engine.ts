import engine from "javascript-lp-solver";

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

interface Library {
  Solve(model: EngineModel): unknown;
  lastSolvedModel: unknown;
}

// Its published types do not hold under NodeNext, and promise less than nothing about the answer.
const library = engine as unknown as Library;

/** javascript-lp-solver 1.0.3. The module keeps the last model alive: it is let go here, since it may hold what nobody should. */
export const lpEngine: LpEngine = (model) => {
  try {
    return library.Solve(model);
  } finally {
    library.lastSolvedModel = null;
  }
};

/** Whether the library still holds a model. */
export const holdsModel = (): boolean => library.lastSolvedModel !== null && library.lastSolvedModel !== undefined;
