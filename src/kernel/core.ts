// Typed arrays are read with `as number` here: every index below was checked by validateModel or made in this file.
import { type Issue, ProblemError } from "../base/errors.js";
import type { KernelModel } from "./model.js";

/** Lists of whole numbers under one index: the items of i are `items[start[i]] .. items[start[i + 1] - 1]`. */
export interface Lists {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** The model in whole numbers: rows times `rowScale`, arcs by agent, by place and by row. */
export interface Core {
  readonly model: KernelModel;
  readonly agents: number;
  readonly places: number;
  readonly arcs: number;
  readonly rows: number;
  readonly units: Float64Array;
  readonly agentOf: Int32Array;
  readonly placeOf: Int32Array;
  readonly byAgent: Lists;
  readonly byPlace: Lists;
  /** Entries of row r, and of arc a; coefficients are whole. */
  readonly byRow: Lists;
  readonly rowCoefficients: Float64Array;
  readonly byArc: Lists;
  readonly arcCoefficients: Float64Array;
  /** Whole row value = rowScale * original row value. */
  readonly rowScale: Float64Array;
  /** The rows' own bounds, whole, infinite where there is none. */
  readonly rowMin: Float64Array;
  readonly rowMax: Float64Array;
  /** What a row can take at all: agent by agent, its smallest and largest share. */
  readonly rowLow: Float64Array;
  readonly rowHigh: Float64Array;
}

/** The numbers of the keys, by key. */
export const listsOf = (keys: ArrayLike<number>, size: number): Lists => {
  const start = new Int32Array(size + 1);
  for (let i = 0; i < keys.length; i++) start[(keys[i] as number) + 1] = (start[(keys[i] as number) + 1] as number) + 1;
  for (let i = 0; i < size; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice(0, size);
  const items = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    items[next[key] as number] = i;
    next[key] = (next[key] as number) + 1;
  }
  return { start, items };
};

/** `values[at[i]]` for every i. */
export const valuesAt = (values: ArrayLike<number>, at: Int32Array): Float64Array => {
  const found = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) found[i] = values[at[i] as number] as number;
  return found;
};

/** Decimals up to this many places are scaled exactly. */
const MOST_DECIMALS = 6;
const NEARLY_WHOLE = 1e-9;
const DOUBLES = 2 ** -50;
/** Of many thousand coefficients together never a whole unit, unless doubles hold no more of them. */
const MOST_BEYOND = 2 ** -20;
/** What differences of decimals that should be 0 can leave. */
const NOTHING = 2 ** -44;

/** What a coefficient or bound of so many whole units may be off. */
const offOf = (size: number): number =>
  Math.max(NOTHING, Math.min(NEARLY_WHOLE * size, Math.max(MOST_BEYOND, DOUBLES * size)));

/** What a weight of so many whole units may be off: what is next to nothing by itself is not nothing. */
const weightOff = (size: number): number => Math.max(NEARLY_WHOLE * Math.min(1, size), DOUBLES * size);

const wholeAt = (values: ArrayLike<number>, scale: number, within: (size: number) => number): boolean => {
  for (let i = 0; i < values.length; i++) {
    const scaled = (values[i] as number) * scale;
    if (Math.abs(scaled - Math.round(scaled)) > within(Math.abs(scaled))) return false;
    if (Math.abs(scaled) > 2 ** 45) return false;
  }
  return true;
};

const SMALL_DENOMINATORS = 1000;

const greatestDivisor = (values: ArrayLike<number>, scale: number): number => {
  let divisor = 0;
  for (let i = 0; i < values.length; i++) {
    let [a, b] = [divisor, Math.abs(Math.round((values[i] as number) * scale))];
    while (b > 0) [a, b] = [b, a % b];
    divisor = a;
    if (divisor === 1) break;
  }
  return Math.max(1, divisor);
};

/** Multiples of `divisor` units, of which `scale` make one: both whole. */
interface Units {
  readonly divisor: number;
  readonly scale: number;
}

const decimalsOf = (values: ArrayLike<number>, within: (size: number) => number): number | null => {
  for (let places = 0, scale = 1; places <= MOST_DECIMALS; places++, scale *= 10)
    if (wholeAt(values, scale, within)) return scale;
  return null;
};

/** What makes a row's coefficients whole and without common divisor: for decimals of up to six places and small fractions; else null. */
const unitsOf = (coefficients: ArrayLike<number>): Units | null => {
  const decimal = decimalsOf(coefficients, offOf);
  if (decimal !== null) return { divisor: greatestDivisor(coefficients, decimal), scale: decimal };
  for (let scale = 2; scale <= SMALL_DENOMINATORS; scale++)
    if (wholeAt(coefficients, scale, offOf)) return { divisor: 1, scale };
  return null;
};

/** The power of ten, up to the sixth, that makes all weights whole; null where none does. */
export const decimalScale = (weights: ArrayLike<number>): number | null => decimalsOf(weights, weightOff);

/** In whole units first: a common divisor may be so large that what is missing from it looks like rounding. */
const mostOf = (value: number, { divisor, scale }: Units): number =>
  Math.floor(Math.floor(value * scale + offOf(Math.abs(value * scale))) / divisor);

/** A row that spans more whole values than this cannot carry a convex term. */
export const WIDEST_CONVEX_ROW = 2 ** 21;

const tooWide = (row: number, name: string, width: number): Issue => ({
  code: "model.row-too-wide",
  path: `rows[${row}]`,
  subject: name,
  expected: `at most ${WIDEST_CONVEX_ROW} whole values`,
  received: String(width),
  message: `Row ${name} carries a convex term and can take ${width} whole values, more than ${WIDEST_CONVEX_ROW}.`,
  hint: "Maybe its coefficients can be given in a coarser unit.",
});

const notWhole = (row: number, name: string): Issue => ({
  code: "model.row-not-whole",
  path: `rows[${row}].coefficients`,
  subject: name,
  expected: `decimals of up to ${MOST_DECIMALS} places, or fractions with one denominator of up to ${SMALL_DENOMINATORS}`,
  received: "numbers that no such unit makes whole",
  message: `Row ${name} has coefficients that no small unit makes whole; nothing could be proven about it.`,
  hint: "Maybe they can be rounded to thousandths.",
});

/** Whole numbers up to here are added without rounding. */
const LARGEST_ROW = 2 ** 52;

const tooLarge = (row: number, name: string, size: number): Issue => ({
  code: "model.row-too-large",
  path: `rows[${row}].coefficients`,
  subject: name,
  expected: `at most ${LARGEST_ROW} whole units in all`,
  received: String(size),
  message: `Row ${name} has coefficients that come to ${size} whole units, more than are added without rounding.`,
  hint: "Maybe they can be given in a coarser unit.",
});

/** Scale a checked model to whole numbers. @throws ProblemError `model.row-too-wide`, `model.row-not-whole`, `model.row-too-large` */
export const coreOf = (model: KernelModel): Core => {
  const arcs = model.arcs.agent.length;
  const agentOf = new Int32Array(model.arcs.agent);
  const placeOf = new Int32Array(model.arcs.place);
  const rows = model.rows.length;
  const rowScale = new Float64Array(rows);
  const most = model.rows.reduce((sum, row) => sum + row.arcs.length, 0);
  const keys = new Int32Array(most);
  const entryArcs = new Int32Array(most);
  const entryCoefficients = new Float64Array(most);
  let size = 0;
  const rowMin = new Float64Array(rows);
  const rowMax = new Float64Array(rows);
  const unread: Issue[] = [];
  const seenIn = new Int32Array(arcs).fill(-1);
  const entryOf = new Int32Array(arcs);
  model.rows.forEach((row, r) => {
    const found = unitsOf(row.coefficients);
    const units = found ?? { divisor: 1, scale: 1 };
    const scale = units.scale / units.divisor;
    let sum = 0;
    for (let i = 0; i < row.coefficients.length; i++) sum += Math.abs((row.coefficients[i] as number) * units.scale);
    if (found === null) unread.push(notWhole(r, row.name));
    else if (sum > LARGEST_ROW) unread.push(tooLarge(r, row.name, sum));
    rowScale[r] = scale;
    rowMin[r] = -mostOf(-(row.min ?? Number.NEGATIVE_INFINITY), units);
    rowMax[r] = mostOf(row.max ?? Number.POSITIVE_INFINITY, units);
    // One entry per arc: coefficients of an arc that the row names twice are added up.
    const first = size;
    for (let i = 0; i < row.arcs.length; i++) {
      const arc = row.arcs[i] as number;
      const coefficient = Math.round((row.coefficients[i] as number) * scale);
      if (seenIn[arc] === r) {
        const entry = entryOf[arc] as number;
        entryCoefficients[entry] = (entryCoefficients[entry] as number) + coefficient;
        continue;
      }
      seenIn[arc] = r;
      entryOf[arc] = size;
      keys[size] = r;
      entryArcs[size] = arc;
      entryCoefficients[size++] = coefficient;
    }
    let kept = first;
    for (let entry = first; entry < size; entry++) {
      if (entryCoefficients[entry] === 0) continue;
      entryArcs[kept] = entryArcs[entry] as number;
      entryCoefficients[kept++] = entryCoefficients[entry] as number;
    }
    size = kept;
  });
  if (unread.length > 0) throw new ProblemError(unread);
  const rowLists = listsOf(keys.subarray(0, size), rows);
  const arcLists = listsOf(entryArcs.subarray(0, size), arcs);
  const byAgent = listsOf(agentOf, model.agents);
  const core = {
    model,
    agents: model.agents,
    places: model.places.length,
    arcs,
    rows,
    units: new Float64Array(model.places),
    agentOf,
    placeOf,
    byAgent,
    byPlace: listsOf(placeOf, model.places.length),
    byRow: { start: rowLists.start, items: rowLists.items.map((entry) => entryArcs[entry] as number) },
    rowCoefficients: valuesAt(entryCoefficients, rowLists.items),
    byArc: { start: arcLists.start, items: arcLists.items.map((entry) => keys[entry] as number) },
    arcCoefficients: valuesAt(entryCoefficients, arcLists.items),
    rowScale,
    rowMin,
    rowMax,
    rowLow: new Float64Array(rows),
    rowHigh: new Float64Array(rows),
  };
  activity(core, null, core.rowLow, core.rowHigh);
  const convexRows = new Set(
    model.tiers.flatMap((tier) => [...(tier.convex ?? []), ...(tier.leximax ?? [])].map(({ row }) => row)),
  );
  const issues = [...convexRows].flatMap((row) => {
    const width = (core.rowHigh[row] as number) - (core.rowLow[row] as number) + 1;
    return width > WIDEST_CONVEX_ROW ? [tooWide(row, model.rows[row]?.name ?? "", width)] : [];
  });
  if (issues.length > 0) throw new ProblemError(issues);
  return core;
};

/** Which arcs may be used and who has to be served; null stands for all arcs and nobody. */
export interface Choices {
  readonly live: Uint8Array;
  readonly must: Uint8Array;
}

/** Per row the sum over agents of the least and the most that one of its arcs, or none, brings. */
export const activity = (core: Core, choices: Choices | null, low: Float64Array, high: Float64Array): void => {
  low.fill(0);
  high.fill(0);
  const seen = new Int32Array(core.rows).fill(-1);
  const count = new Int32Array(core.rows);
  const least = new Float64Array(core.rows);
  const most = new Float64Array(core.rows);
  const touched: number[] = [];
  for (let agent = 0; agent < core.agents; agent++) {
    let arcsLive = 0;
    touched.length = 0;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (choices !== null && choices.live[arc] === 0) continue;
      arcsLive++;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
        const row = core.byArc.items[j] as number;
        const coefficient = core.arcCoefficients[j] as number;
        if (seen[row] !== agent) {
          seen[row] = agent;
          count[row] = 1;
          least[row] = coefficient;
          most[row] = coefficient;
          touched.push(row);
        } else {
          count[row] = (count[row] as number) + 1;
          if (coefficient < (least[row] as number)) least[row] = coefficient;
          if (coefficient > (most[row] as number)) most[row] = coefficient;
        }
      }
    }
    for (const row of touched) {
      const always = choices !== null && choices.must[agent] === 1 && count[row] === arcsLive;
      low[row] = (low[row] as number) + (always ? (least[row] as number) : Math.min(0, least[row] as number));
      high[row] = (high[row] as number) + (always ? (most[row] as number) : Math.max(0, most[row] as number));
    }
  }
};
