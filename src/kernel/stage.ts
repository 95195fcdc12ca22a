// Typed arrays are read with `as number` here: every index comes from the core.
import { type Core, decimalScale } from "./core.js";
import type { Domain } from "./domain.js";
import type { ConvexTerm, KernelTier } from "./model.js";

/** Whole numbers: weights of arcs, and per row of `rows` a table of its value; `tables[i][y - rowLow]` is the cost at y. */
export interface Form {
  readonly weights: Float64Array | null;
  readonly rows: Int32Array;
  readonly tables: readonly Float64Array[];
  /** Whether every table is convex. */
  readonly convex: boolean;
}

/** One whole-number objective, to be minimised. */
export interface Stage extends Form {
  readonly name: string;
  /** Whole value = scale * original value, its sign turned where the tier is maximised. */
  readonly scale: number;
  /** Values that differ by less are the same: every value inside the domain is a multiple of this, or rounding could make the difference. */
  readonly lattice: number;
  /** The whole value may differ from scale * original by at most this much, through rounding. */
  readonly rounding: number;
}

/** A stage that must not exceed `limit`, exactly; and a coarser form of it that prices can be put on: `priced` <= `most` follows, also of what is within it `withRounding`. */
export interface Limit {
  readonly stage: Stage;
  readonly limit: number;
  readonly priced: Form;
  readonly most: number;
  /** One unit of `priced` is so many of the stage. */
  readonly unit: number;
  /** The prices that bound the stage best: with a price on the limit, a good start for those on the rows. Null where nothing is known. */
  readonly support: Support | null;
}

/** Prices on rows, and on the limits before. */
export interface Support {
  readonly row: Float64Array;
  readonly limits: ReadonlyMap<Limit, number>;
}

/** A piece of a row's cost: absolute, quadratic, 1 from a threshold on (`reach`), or what lies beyond it (`excess`). */
export interface Piece {
  readonly row: number;
  readonly form: ConvexTerm["form"] | "reach" | "excess";
  readonly target: number;
  readonly scale: number;
}

const SHAPES: Readonly<Record<Piece["form"], (deviation: number) => number>> = {
  absolute: Math.abs,
  quadratic: (deviation) => deviation * deviation,
  reach: (deviation) => (deviation >= 0 ? 1 : 0),
  excess: (deviation) => Math.max(0, deviation),
};

const valueAt = ({ form, target, scale }: Piece, y: number): number => scale * SHAPES[form](y - target);

/** f(to) - f(from); of squares and absolutes by their own formulas, so that rounding keeps the rises rising and the table convex. */
const rise = (piece: Piece, from: number, to: number): number => {
  const { form, target, scale } = piece;
  if (form === "reach" || form === "excess") return valueAt(piece, to) - valueAt(piece, from);
  if (form === "quadratic") return scale * (to - from) * (to - target + (from - target));
  return from >= target
    ? scale * (to - from)
    : to <= target
      ? scale * (from - to)
      : scale * (to - target - (target - from));
};

/** Largest whole value aimed at: with prices on it, sums stay well below 2^53. */
const WHOLE_RANGE = 2 ** 44;
/** Exact values are blown up this far only, per agent (of four at least), so that a price on a limit can be many times as large as what one agent brings. */
const EXACT_RANGE = 2 ** 32;

/** The largest magnitude a stage can take over a domain. */
const largestOf = (core: Core, domain: Domain, weights: ArrayLike<number>, pieces: readonly Piece[]): number => {
  let sum = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    let most = 0;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (domain.live[arc] === 1) most = Math.max(most, Math.abs(weights[arc] ?? 0));
    }
    sum += most;
  }
  for (const piece of pieces) {
    const unit = core.rowScale[piece.row] as number;
    sum += Math.max(
      Math.abs(valueAt(piece, (domain.low[piece.row] as number) / unit)),
      Math.abs(valueAt(piece, (domain.high[piece.row] as number) / unit)),
    );
  }
  return sum;
};

/** Whether values on such a scale are whole multiples of something whole; 1 / (1 / 49) is not quite 49. */
const isOneOverWhole = (scale: number): boolean => 1 / Math.round(1 / scale) === scale;

/**
 * The scale that makes a tier whole: exact where weights are decimals of up to six places and its terms are whole;
 * else a power of two that brings the largest possible value near 2^44.
 */
export const scaleOf = (
  core: Core,
  domain: Domain,
  weights: ArrayLike<number>,
  pieces: readonly Piece[],
): { scale: number; exact: boolean } => {
  const largest = largestOf(core, domain, weights, pieces);
  const decimal = decimalScale(weights);
  const whole = pieces.every(
    ({ row, target, scale }) =>
      isOneOverWhole(core.rowScale[row] as number) && Number.isSafeInteger(target) && Number.isSafeInteger(scale),
  );
  const exact = decimal !== null && whole && largest * decimal < WHOLE_RANGE * 4;
  let scale = exact ? decimal : 1;
  // Prices are whole too, so small weights are blown up: a price of a third must not cost a bound its strength.
  const range = exact ? Math.min(WHOLE_RANGE, EXACT_RANGE * Math.max(4, core.agents)) : WHOLE_RANGE;
  while (largest * scale * 2 <= range && scale < WHOLE_RANGE) scale *= 2;
  while (!exact && largest * scale > WHOLE_RANGE && scale > 2 ** -40) scale /= 2;
  return { scale, exact };
};

interface RowPieces {
  readonly row: number;
  readonly pieces: readonly Piece[];
  readonly scale: number;
}

const costOf = (pieces: readonly Piece[], y: number): number =>
  pieces.reduce((sum, piece) => sum + valueAt(piece, y), 0);

/** Costs of a row, from its cheapest value outwards, so that rounding is smallest where it decides. Beyond the domain they are cut off. */
const tableOf = (core: Core, domain: Domain, { row, pieces, scale }: RowPieces): Float64Array => {
  const base = core.rowLow[row] as number;
  const unit = core.rowScale[row] as number;
  const low = (domain.low[row] as number) - base;
  const high = (domain.high[row] as number) - base;
  const costAt = (i: number): number => costOf(pieces, (base + i) / unit);
  const riseAt = (i: number): number =>
    pieces.reduce((sum, piece) => sum + rise(piece, (base + i) / unit, (base + i + 1) / unit), 0);
  const table = new Float64Array((core.rowHigh[row] as number) - base + 1);
  let bottom = low;
  while (bottom < high && riseAt(bottom) < 0) bottom++;
  table[bottom] = Math.round(costAt(bottom) * scale);
  for (let i = bottom; i < high; i++) table[i + 1] = (table[i] as number) + Math.round(riseAt(i) * scale);
  for (let i = bottom; i > low; i--) table[i - 1] = (table[i] as number) - Math.round(riseAt(i - 1) * scale);
  table.fill(table[low] as number, 0, low);
  table.fill(table[high] as number, high + 1);
  return table;
};

/** The least rounding that is allowed for in one row, in whole units; and for what doubles add to it. */
const ROW_ROUNDING = { least: 4, more: 1 } as const;

/** What rounding came to in a row's table. */
const roundingOf = (core: Core, domain: Domain, { row, pieces, scale }: RowPieces, table: Float64Array): number => {
  const base = core.rowLow[row] as number;
  const unit = core.rowScale[row] as number;
  let most = 0;
  for (let y = domain.low[row] as number; y <= (domain.high[row] as number); y++)
    most = Math.max(most, Math.abs((table[y - base] as number) - costOf(pieces, y / unit) * scale));
  return Math.max(ROW_ROUNDING.least, Math.ceil(most) + ROW_ROUNDING.more);
};

const latticeOf = (lists: readonly Float64Array[]): number => {
  let divisor = 0;
  for (const list of lists)
    for (const value of list) {
      let [a, b] = [divisor, Math.abs(value)];
      while (b > 0) [a, b] = [b, a % b];
      divisor = a;
      if (divisor === 1) return 1;
    }
  return Math.max(1, divisor);
};

/** One objective over a domain, in whole numbers. `sign` is -1 for a tier that is maximised. */
export const stageOf = (
  core: Core,
  domain: Domain,
  given: {
    readonly name: string;
    readonly sign: 1 | -1;
    readonly weights?: ArrayLike<number>;
    readonly pieces: readonly Piece[];
  },
): Stage => {
  const { name, sign } = given;
  const pieces = given.pieces
    .filter(({ scale }) => scale !== 0)
    .map((piece) => ({ ...piece, scale: sign * piece.scale }));
  const { scale, exact } = scaleOf(core, domain, given.weights ?? [], pieces);
  const byRow = new Map<number, Piece[]>();
  for (const piece of pieces) byRow.set(piece.row, [...(byRow.get(piece.row) ?? []), piece]);
  const rows = Int32Array.from([...byRow.keys()].sort((a, b) => a - b));
  const ofRows: readonly RowPieces[] = [...rows].map((row) => ({ row, pieces: byRow.get(row) ?? [], scale }));
  const tables = ofRows.map((one) => tableOf(core, domain, one));
  const weights =
    given.weights === undefined
      ? null
      : new Float64Array(given.weights).map((weight) => Math.round(sign * weight * scale));
  const rounding = exact
    ? 0
    : ofRows.reduce(
        (sum, one, i) => sum + roundingOf(core, domain, one, tables[i] as Float64Array),
        weights === null ? 0 : core.agents,
      );
  return {
    name,
    scale: sign * scale,
    rounding,
    weights,
    lattice: exact
      ? latticeOf([...(weights === null ? [] : [weights.filter((_, arc) => domain.live[arc] === 1)]), ...tables])
      : 4 * rounding + 64,
    rows,
    tables,
    convex: pieces.every(({ form }) => form !== "reach"),
  };
};

export const tierStage = (core: Core, domain: Domain, tier: KernelTier): Stage =>
  stageOf(core, domain, {
    name: tier.name,
    sign: tier.sense === "min" ? 1 : -1,
    ...(tier.weights === undefined ? {} : { weights: tier.weights }),
    pieces: tier.convex ?? [],
  });

/** Values of a tier with fractional weights or costs that are this near to each other, relatively, are taken for equal. */
const EQUAL = 2 ** -27;

/** Values that differ by less than this from a whole value count as equal to it: the lattice; or, where the tier is not whole, `EQUAL`. */
export const equalWithin = ({ lattice, rounding }: Stage, value: number): number =>
  rounding === 0 ? lattice : Math.max(lattice, Math.floor(Math.abs(value) * EQUAL));

/** A bound above this shows that no choice is better than one of this value. */
export const goalBelow = (stage: Stage, value: number): number =>
  value - equalWithin(stage, value) + (stage.rounding === 0 ? Math.floor(stage.lattice / 64) : 0);

/** What may be taken for equal to a value, as a part of what it is made of: what is taken so anyway, or what rounding makes of so many rows and agents in 44 bits. */
export const mostEqual = ({ agents }: Core, { rows }: Stage): number =>
  Math.max(EQUAL, (16 * rows.length + 4 * agents + 64) * 2 ** -42);

/** Range of a limit's priced form: fine enough to tell plans apart, coarse enough for whole prices on it. */
const PRICED_RANGE = 2 ** 26;

/** The most that agents and rows of a form can come to, whatever their signs; rows at the ends of their ranges. */
export const spreadOf = (
  core: Core,
  stage: Form,
  { live, low, high }: Pick<Domain, "live" | "low" | "high">,
): number => {
  let sum = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    let most = 0;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (live[arc] === 1 && stage.weights !== null) most = Math.max(most, Math.abs(stage.weights[arc] as number));
    }
    sum += most;
  }
  stage.rows.forEach((row, i) => {
    const table = stage.tables[i] as Float64Array;
    const base = core.rowLow[row] as number;
    sum += Math.max(
      Math.abs(table[(low[row] as number) - base] as number),
      Math.abs(table[(high[row] as number) - base] as number),
    );
  });
  return sum;
};

/** A convex table in a coarser unit, nowhere above the true one and still convex. */
const coarser = (table: Float64Array, unit: number): Float64Array => {
  let bottom = 0;
  for (let i = 1; i < table.length; i++) if ((table[i] as number) < (table[bottom] as number)) bottom = i;
  const coarse = new Float64Array(table.length);
  coarse[bottom] = Math.floor((table[bottom] as number) / unit);
  for (let i = bottom + 1; i < table.length; i++)
    coarse[i] = (coarse[i - 1] as number) + Math.floor(((table[i] as number) - (table[i - 1] as number)) / unit);
  for (let i = bottom - 1; i >= 0; i--)
    coarse[i] = (coarse[i + 1] as number) + Math.floor(((table[i] as number) - (table[i + 1] as number)) / unit);
  return coarse;
};

/** Of whole values so much more is bounded as well: where a stage is rounded, what is true of it may be one lattice more. */
export const withRounding = ({ rounding, lattice }: Stage, limit: number): number =>
  rounding === 0 ? limit : limit + lattice;

/** Keep a stage at `limit` or less. */
export const limitOf = (
  core: Core,
  stage: Stage,
  given: { readonly limit: number; readonly domain: Domain; readonly support: Support | null },
): Limit => {
  const { limit, domain, support } = given;
  const within = withRounding(stage, limit);
  const { lattice, weights, rows, tables, convex } = stage;
  const spread = spreadOf(core, stage, domain);
  const exact = stage.rounding === 0 && (spread / lattice <= PRICED_RANGE || !convex);
  let unit = lattice;
  if (!exact) {
    unit = 1;
    while (spread / unit > PRICED_RANGE) unit *= 2;
  }
  const priced: Form = {
    weights: weights === null ? null : weights.map((weight) => Math.floor(weight / unit)),
    rows,
    tables: tables.map((table) => (exact ? table.map((value) => value / unit) : coarser(table, unit))),
    convex,
  };
  return { stage, limit, priced, most: exact ? Math.floor(within / unit) : Math.ceil(within / unit), unit, support };
};

/** The most that a stage can come to inside a domain, agent by agent and row by row. */
export const mostOf = (core: Core, stage: Form, { live, must, low, high }: Domain): number => {
  let most = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    let own = must[agent] === 1 ? Number.NEGATIVE_INFINITY : 0;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (live[arc] === 1) own = Math.max(own, stage.weights === null ? 0 : (stage.weights[arc] as number));
    }
    most += own;
  }
  stage.rows.forEach((row, i) => {
    const base = core.rowLow[row] as number;
    let own = Number.NEGATIVE_INFINITY;
    for (let y = low[row] as number; y <= (high[row] as number); y++)
      own = Math.max(own, (stage.tables[i] as Float64Array)[y - base] as number);
    most += own;
  });
  return most;
};

/** Whether no choice inside a domain can exceed a limit; `unforced`: even if nobody has to be served. */
export const isImplied = (core: Core, { stage, limit }: Limit, domain: Domain, unforced = false): boolean =>
  mostOf(core, stage, unforced ? { ...domain, must: new Uint8Array(core.agents) } : domain) <= limit;

/** Size of a stage's usual step: its largest weight, or the largest rise of its tables. */
export const largestStep = (stage: Form): number => {
  let most = 1;
  if (stage.weights !== null) for (const weight of stage.weights) most = Math.max(most, Math.abs(weight));
  for (const table of stage.tables)
    for (let i = 1; i < table.length; i++)
      most = Math.max(most, Math.abs((table[i] as number) - (table[i - 1] as number)));
  return most;
};

/** Whole value of a stage for chosen arcs and their row values. */
export const stageValue = (core: Core, stage: Form, arcOf: Int32Array, y: Float64Array): number => {
  let sum = 0;
  if (stage.weights !== null)
    for (let agent = 0; agent < core.agents; agent++) {
      const arc = arcOf[agent] as number;
      if (arc >= 0) sum += stage.weights[arc] as number;
    }
  for (let i = 0; i < stage.rows.length; i++) {
    const row = stage.rows[i] as number;
    sum += (stage.tables[i] as Float64Array)[(y[row] as number) - (core.rowLow[row] as number)] as number;
  }
  return sum;
};

/** As `stageValue`, whatever the signs. */
export const partsSize = (core: Core, stage: Stage, arcOf: Int32Array): number => {
  const sizes: Form = {
    ...stage,
    weights: stage.weights?.map(Math.abs) ?? null,
    tables: stage.tables.map((table) => table.map(Math.abs)),
  };
  return stageValue(core, sizes, arcOf, rowValues(core, arcOf));
};

/** Row values of chosen arcs. */
export const rowValues = (core: Core, arcOf: Int32Array, y = new Float64Array(core.rows)): Float64Array => {
  y.fill(0);
  for (let agent = 0; agent < core.agents; agent++) {
    const arc = arcOf[agent] as number;
    if (arc < 0) continue;
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      y[row] = (y[row] as number) + (core.arcCoefficients[j] as number);
    }
  }
  return y;
};
