// Typed arrays are read with `as number` here: every index below is made in this file or held to its range.
import type { Certificate } from "../certificate.js";
import type { KernelModel } from "../model.js";

/** Relative differences up to this are rounding. */
export const ROUNDING = 1e-9;
export const near = (a: number, b: number): number =>
  ROUNDING * Math.max(1, Math.abs(a), Number.isFinite(b) ? Math.abs(b) : 0);

/** What is computed may be wrong by so much of its magnitude, through the rounding of doubles. */
export const DOUBLES = 2 ** -50;

/** A sum that is rounded once, whatever cancels: what each addition rounds away is known, and summed up as well (Neumaier 1974). */
export const sumOf = (parts: Iterable<number>): number => {
  let [sum, rest] = [0, 0];
  for (const part of parts) {
    const next = sum + part;
    if (!Number.isFinite(next)) return next;
    rest += Math.abs(sum) >= Math.abs(part) ? sum - next + part : part - next + sum;
    sum = next;
  }
  return sum + rest;
};

/** Of many thousand coefficients together never a whole unit, unless doubles hold no more of them. */
const MOST_BEYOND = 2 ** -20;
/** What differences of decimals that should be 0 can leave. */
const NOTHING = 2 ** -44;
/** What a coefficient or bound of so many units may be off. */
const ofRow = (size: number): number =>
  Math.max(NOTHING, Math.min(ROUNDING * size, Math.max(MOST_BEYOND, DOUBLES * size)));

/** A model in whole numbers, as flat lists: what belongs to i stands from `start[i]` to `start[i + 1]`. Row values are multiples of the row's grid. */
export interface Town {
  readonly model: KernelModel;
  readonly rows: number;
  readonly agentOf: Int32Array;
  readonly placeOf: Int32Array;
  readonly agentStart: Int32Array;
  readonly agentArcs: Int32Array;
  /** Arcs of a row, agent by agent, each once; and their shares, none of them 0. */
  readonly rowStart: Int32Array;
  readonly rowArcs: Int32Array;
  readonly rowShares: Float64Array;
  readonly arcStart: Int32Array;
  readonly arcRows: Int32Array;
  readonly arcShares: Float64Array;
  readonly grid: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export const DECIMALS: readonly number[] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
/** Powers of ten, then small denominators. */
const SCALES = [...DECIMALS, ...Array.from({ length: 999 }, (_, i) => i + 2)];
const LARGEST_WHOLE = 2 ** 45;
/** Whole numbers up to here are added without rounding. */
const LARGEST_SUM = 2 ** 53;
/** Coefficients that lie on no grid are read to so many: the row is then the rounded one, in the model as in its proof. */
const FINEST: Grid = { divisor: 1, scale: 2 ** 20 };

/** Multiples of `divisor` units, of which `scale` make one: both whole. */
export interface Grid {
  readonly divisor: number;
  readonly scale: number;
}

/** The largest grid on which all values lie but for rounding; null where there is none. `within` says how far a value of so many units may be off. */
export const gridOf = (values: ArrayLike<number>, within: (size: number) => number): Grid | null => {
  const lies = (i: number, scale: number): boolean => {
    const value = (values[i] as number) * scale;
    const size = Math.abs(value);
    return size <= LARGEST_WHOLE && Math.abs(value - Math.round(value)) <= within(size);
  };
  // What spoilt the last scale is likely to spoil the next: it is looked at first.
  let spoiler = 0;
  for (const scale of SCALES) {
    if (values.length > 0 && !lies(spoiler, scale)) continue;
    let i = 0;
    while (i < values.length && lies(i, scale)) i++;
    if (i < values.length) {
      spoiler = i;
      continue;
    }
    let divisor = 0;
    for (i = 0; i < values.length && divisor !== 1; i++) {
      let [a, b] = [divisor, Math.abs(Math.round((values[i] as number) * scale))];
      while (b > 0) [a, b] = [b, a % b];
      divisor = a;
    }
    return { divisor: Math.max(1, divisor), scale };
  }
  return null;
};

/** Where the items of each key begin when they are sorted by key. */
export const startsOf = (keys: Int32Array, size: number): Int32Array => {
  const start = new Int32Array(size + 1);
  for (const key of keys) start[key + 1] = (start[key + 1] as number) + 1;
  for (let i = 0; i < size; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  return start;
};

/** Numbers of the items, sorted by key, those of one key in their own order. */
export const sortedBy = (keys: Int32Array, start: Int32Array): Int32Array => {
  const next = start.slice();
  const items = new Int32Array(keys.length);
  keys.forEach((key, i) => {
    items[next[key] as number] = i;
    next[key] = (next[key] as number) + 1;
  });
  return items;
};

/** `values[at[i]]` for every i. */
export const valuesAt = (values: Float64Array, at: Int32Array): Float64Array => {
  const found = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) found[i] = values[at[i] as number] as number;
  return found;
};

/** The model's rows and the certificate's counts. */
const sourcesOf = ({ rows }: KernelModel, { counts }: Certificate) => [
  ...rows,
  ...counts.map(({ row, coefficient }) => {
    const { arcs = [], coefficients = [] } = rows[row] ?? {};
    const counted = Array.from(arcs).filter((_, i) => coefficients[i] === coefficient);
    return { arcs: counted, coefficients: new Float64Array(counted.length).fill(1), min: undefined, max: undefined };
  }),
];

export const townOf = (model: KernelModel, certificate: Certificate): Town => {
  const sources = sourcesOf(model, certificate);
  const agentOf = new Int32Array(model.arcs.agent);
  const placeOf = new Int32Array(model.arcs.place);
  const grids = sources.map(({ coefficients }) => gridOf(coefficients, ofRow) ?? FINEST);
  const grid = Float64Array.from(grids, ({ divisor, scale }) => divisor / scale);
  const size = sources.reduce((sum, { arcs }) => sum + arcs.length, 0);
  const entryRow = new Int32Array(size);
  const entryArc = new Int32Array(size);
  const entryShare = new Float64Array(size);
  const entryOf = new Int32Array(agentOf.length).fill(-1);
  let used = 0;
  sources.forEach(({ arcs, coefficients }, r) => {
    const first = used;
    for (let i = 0; i < arcs.length; i++) {
      const arc = arcs[i] as number;
      if ((entryOf[arc] as number) < first) {
        entryOf[arc] = used;
        entryRow[used] = r;
        entryArc[used++] = arc;
      }
      const entry = entryOf[arc] as number;
      entryShare[entry] = (entryShare[entry] as number) + Math.round((coefficients[i] as number) / (grid[r] as number));
    }
  });
  const kept = new Int32Array(used).map((_, i) => i).filter((i) => entryShare[i] !== 0);
  const agentStart = startsOf(agentOf, model.agents);
  const agentArcs = sortedBy(agentOf, agentStart);
  const keptArc = kept.map((i) => entryArc[i] as number);
  const arcStart = startsOf(keptArc, agentOf.length);
  const byArc = sortedBy(keptArc, arcStart).map((i) => kept[i] as number);
  // Agent by agent, then row by row, keeps each row's arcs agent by agent.
  const inOrder = new Int32Array(kept.length);
  let at = 0;
  for (const arc of agentArcs)
    for (let j = arcStart[arc] as number; j < (arcStart[arc + 1] as number); j++) inOrder[at++] = byArc[j] as number;
  const orderedRow = inOrder.map((i) => entryRow[i] as number);
  const rowStart = startsOf(orderedRow, sources.length);
  const byRow = sortedBy(orderedRow, rowStart).map((i) => inOrder[i] as number);
  // In whole units first: a common divisor may be so large that what is missing from it looks like rounding.
  const most = (value: number, { divisor, scale }: Grid): number => {
    const units = value * scale;
    return Math.floor(Math.floor(units + ofRow(Math.abs(units))) / divisor);
  };
  return {
    model,
    rows: sources.length,
    agentOf,
    placeOf,
    agentStart,
    agentArcs,
    rowStart,
    rowArcs: byRow.map((i) => entryArc[i] as number),
    rowShares: valuesAt(entryShare, byRow),
    arcStart,
    arcRows: byArc.map((i) => entryRow[i] as number),
    arcShares: valuesAt(entryShare, byArc),
    grid,
    min: Float64Array.from(sources, ({ min = Number.NEGATIVE_INFINITY }, r) => -most(-min, grids[r] as Grid)),
    max: Float64Array.from(sources, ({ max = Number.POSITIVE_INFINITY }, r) => most(max, grids[r] as Grid)),
  };
};

/** Rows whose values might be rounded when they are added up: nothing is known of them. */
export const tooLarge = ({ model, rowStart, rowShares, grid }: Town): readonly string[] =>
  model.rows.flatMap(({ name }, row) => {
    let size = 0;
    for (let i = rowStart[row] as number; i < (rowStart[row + 1] as number); i++)
      size += Math.abs(rowShares[i] as number);
    return size * Math.max(1, grid[row] as number) <= LARGEST_SUM ? [] : [`row ${name} is too large`];
  });

/** Row values of a choice. */
export const valuesOf = ({ rows, arcStart, arcRows, arcShares }: Town, arcOf: ArrayLike<number>): Float64Array => {
  const y = new Float64Array(rows);
  for (let agent = 0; agent < arcOf.length; agent++) {
    const arc = arcOf[agent] as number;
    for (let j = arcStart[arc] ?? 0; j < (arcStart[arc + 1] ?? 0); j++)
      y[arcRows[j] as number] = (y[arcRows[j] as number] as number) + (arcShares[j] as number);
  }
  return y;
};

/** Arcs, places and rows that a choice breaks. */
export const faultsOf = (town: Town, arcOf: ArrayLike<number>): readonly string[] => {
  const { model, agentOf, placeOf, min, max } = town;
  const faults: string[] = arcOf.length === model.agents ? [] : ["the choice has the wrong length"];
  const used = new Int32Array(model.places.length);
  for (let agent = 0; agent < model.agents; agent++) {
    const arc = arcOf[agent] ?? -1;
    if (arc === -1) continue;
    const place = placeOf[arc] ?? 0;
    if (agentOf[arc] !== agent) faults.push(`agent ${agent} has an arc that is not its own`);
    else used[place] = (used[place] as number) + 1;
  }
  used.forEach((units, place) => {
    if (units > (model.places[place] as number)) faults.push(`place ${place} is used ${units} times`);
  });
  valuesOf(town, arcOf).forEach((value, row) => {
    if (value < (min[row] as number) || value > (max[row] as number))
      faults.push(`row ${model.rows[row]?.name} is out of its bounds`);
  });
  return faults;
};
