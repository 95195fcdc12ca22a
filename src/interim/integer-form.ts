import { ProblemError } from "../base/errors.js";
import type { ConvexTerm, KernelModel, KernelRow, KernelTier, LeximaxTerm } from "../kernel/model.js";

/** A tier whose numbers are not whole is scaled by a power of two so that its largest possible size stays below this: about 1e-11 of it is told apart. */
const LARGEST_TIER = 2 ** 36;
/** Coefficients of rows that are not whole are scaled by a power of ten up to this; finer ones are refused. */
const FINEST_ROW = 1e6;

/** A row in whole numbers: y = sum of coefficients, kept in [low, high], which no choice can leave by itself or by its bounds. */
export interface IntegerRow {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Whole numbers here are this many times the model's. */
  readonly scale: number;
}

/** A function of one row, tabulated at low, low + 1, ..., high. */
export interface RowTable {
  readonly row: number;
  readonly at: Float64Array;
}

/** A tier, or one step of a leximax tier: minimise the sum of `weights` over chosen arcs and of `tables` over rows. All whole. */
export interface Stage {
  readonly tier: number;
  readonly weights: Float64Array;
  readonly tables: readonly RowTable[];
  /** Whole numbers here are this many times the tier's; negative where the tier is maximised. */
  readonly scale: number;
  /** Whole, in the stage's scale. */
  readonly tolerance: number;
}

/** The model on typed arrays, arcs ordered by agent; `original[i]` is the model's index of arc i. */
export interface IntegerForm {
  readonly agents: number;
  readonly places: number;
  readonly units: Int32Array;
  readonly arcs: number;
  readonly original: Int32Array;
  readonly agentOf: Int32Array;
  readonly placeOf: Int32Array;
  /** Arcs of agent a: firstArc[a] to firstArc[a + 1]. */
  readonly firstArc: Int32Array;
  readonly rows: readonly IntegerRow[];
  /** Rows that arc i counts in: entries firstEntry[i] to firstEntry[i + 1] of `entryRow` and `entryCoefficient`. */
  readonly firstEntry: Int32Array;
  readonly entryRow: Int32Array;
  readonly entryCoefficient: Float64Array;
}

const isWhole = (value: number): boolean => Number.isInteger(value);

const wholeScale = (row: KernelRow, r: number): number => {
  for (let scale = 1; scale <= FINEST_ROW; scale *= 10) {
    let whole = true;
    for (let i = 0; i < row.coefficients.length && whole; i++) {
      const value = (row.coefficients[i] ?? 0) * scale;
      whole = Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));
    }
    if (whole) return scale;
  }
  const path = `rows[${r}].coefficients`;
  const message = `${path} of row ${row.name} has more than 6 decimals; coefficients are whole, or have at most 6 decimals.`;
  throw new ProblemError([
    {
      code: "model.too-fine",
      path,
      subject: row.name,
      expected: "at most 6 decimals",
      received: "more",
      message,
      hint: null,
    },
  ]);
};

/** What y can be by the agents alone: each adds the least or the most of its arcs, or nothing. */
const reach = (row: KernelRow, scale: number, agent: ArrayLike<number>): readonly [number, number] => {
  const least = new Map<number, number>();
  const most = new Map<number, number>();
  for (let i = 0; i < row.arcs.length; i++) {
    const who = agent[row.arcs[i] ?? -1] ?? -1;
    const value = Math.round((row.coefficients[i] ?? 0) * scale);
    if (value < (least.get(who) ?? 0)) least.set(who, value);
    if (value > (most.get(who) ?? 0)) most.set(who, value);
  }
  const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
  return [sum(least.values()), sum(most.values())];
};

const integerRow = (row: KernelRow, r: number, agent: ArrayLike<number>): IntegerRow => {
  const scale = wholeScale(row, r);
  const [least, most] = reach(row, scale, agent);
  const min = Math.ceil((row.min ?? Number.NEGATIVE_INFINITY) * scale - 1e-7);
  const max = Math.floor((row.max ?? Number.POSITIVE_INFINITY) * scale + 1e-7);
  return { name: row.name, low: Math.max(least, min), high: Math.min(most, max), scale };
};

/** Arcs by agent, rows by arc, everything whole. Cost: linear in arcs and row entries. */
export const integerForm = (model: KernelModel): IntegerForm => {
  const arcs = model.arcs.agent.length;
  const original = Int32Array.from({ length: arcs }, (_, i) => i).sort(
    (a, b) => (model.arcs.agent[a] ?? 0) - (model.arcs.agent[b] ?? 0) || a - b,
  );
  const agentOf = original.map((arc) => model.arcs.agent[arc] ?? -1);
  const placeOf = original.map((arc) => model.arcs.place[arc] ?? -1);
  const firstArc = new Int32Array(model.agents + 1);
  for (const agent of agentOf) firstArc[agent + 1] = (firstArc[agent + 1] ?? 0) + 1;
  for (let a = 0; a < model.agents; a++) firstArc[a + 1] = (firstArc[a + 1] ?? 0) + (firstArc[a] ?? 0);
  const rows = model.rows.map((row, r) => integerRow(row, r, model.arcs.agent));
  const position = new Int32Array(arcs);
  original.forEach((arc, i) => {
    position[arc] = i;
  });
  const firstEntry = new Int32Array(arcs + 1);
  for (const row of model.rows)
    for (let i = 0; i < row.arcs.length; i++) {
      const at = (position[row.arcs[i] ?? 0] ?? 0) + 1;
      firstEntry[at] = (firstEntry[at] ?? 0) + 1;
    }
  for (let i = 0; i < arcs; i++) firstEntry[i + 1] = (firstEntry[i + 1] ?? 0) + (firstEntry[i] ?? 0);
  const next = firstEntry.slice();
  const entryRow = new Int32Array(firstEntry[arcs] ?? 0);
  const entryCoefficient = new Float64Array(firstEntry[arcs] ?? 0);
  model.rows.forEach((row, r) => {
    for (let i = 0; i < row.arcs.length; i++) {
      const at = position[row.arcs[i] ?? 0] ?? 0;
      const slot = next[at] ?? 0;
      next[at] = slot + 1;
      entryRow[slot] = r;
      entryCoefficient[slot] = Math.round((row.coefficients[i] ?? 0) * (rows[r]?.scale ?? 1));
    }
  });
  const units = Int32Array.from({ length: model.places.length }, (_, p) =>
    Math.min(model.places[p] ?? 0, model.agents),
  );
  return {
    agents: model.agents,
    places: model.places.length,
    units,
    arcs,
    original,
    agentOf,
    placeOf,
    firstArc,
    rows,
    firstEntry,
    entryRow,
    entryCoefficient,
  };
};

const termAt = ({ form, target, scale }: ConvexTerm, y: number): number =>
  scale * (form === "absolute" ? Math.abs(y - target) : (y - target) ** 2);

const tabulate = (form: IntegerForm, terms: readonly ConvexTerm[]): ReadonlyMap<number, Float64Array> => {
  const tables = new Map<number, Float64Array>();
  for (const term of terms) {
    const row = form.rows[term.row];
    if (row === undefined || row.high < row.low) continue;
    const table = tables.get(term.row) ?? new Float64Array(row.high - row.low + 1);
    for (let i = 0; i < table.length; i++) table[i] = (table[i] ?? 0) + termAt(term, (row.low + i) / row.scale);
    tables.set(term.row, table);
  }
  return tables;
};

/** A tier without leximax terms as a stage: exact where its numbers are whole, else scaled by a power of two. */
export const stageOf = (form: IntegerForm, tier: KernelTier, index: number, tolerance: number): Stage => {
  const sign = tier.sense === "min" ? 1 : -1;
  const weights = Float64Array.from(form.original, (arc) => sign * (tier.weights?.[arc] ?? 0));
  const tables = [...tabulate(form, tier.convex ?? [])].map(([row, at]) => ({
    row,
    at: at.map((value) => sign * value),
  }));
  let size = 0;
  for (let a = 0; a < form.agents; a++) {
    let largest = 0;
    for (let i = form.firstArc[a] ?? 0; i < (form.firstArc[a + 1] ?? 0); i++)
      largest = Math.max(largest, Math.abs(weights[i] ?? 0));
    size += largest;
  }
  for (const { at } of tables) size += at.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const whole = weights.every(isWhole) && tables.every(({ at }) => at.every(isWhole));
  const scale = whole || size === 0 ? 1 : 2 ** Math.floor(Math.log2(LARGEST_TIER / size));
  const scaled = (values: Float64Array) => values.map((value) => Math.round(value * scale));
  return {
    tier: index,
    weights: scaled(weights),
    tables: tables.map(({ row, at }) => ({ row, at: scaled(at) })),
    scale: sign * scale,
    tolerance: Math.floor(tolerance * scale + 1e-6),
  };
};

/** The stage that counts the terms of a leximax tier at or above a threshold. */
export const thresholdStage = (
  form: IntegerForm,
  terms: readonly LeximaxTerm[],
  { tier, threshold }: { readonly tier: number; readonly threshold: number },
): Stage => ({
  tier,
  weights: new Float64Array(form.arcs),
  tables: terms.map(({ row, offset, divisor }) => {
    const { low, high, scale } = form.rows[row] ?? { low: 0, high: -1, scale: 1 };
    const at = Float64Array.from({ length: Math.max(0, high - low + 1) }, (_, i) =>
      ((low + i) / scale + offset) / divisor >= threshold - 1e-12 * Math.max(1, Math.abs(threshold)) ? 1 : 0,
    );
    return { row, at };
  }),
  scale: 1,
  tolerance: 0,
});
