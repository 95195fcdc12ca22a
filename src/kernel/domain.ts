// Typed arrays are read with `as number` here: every index comes from the core.
import type { LiveArcs } from "./assignment.js";
import { activity, type Core } from "./core.js";
import { enumerableRows, reachOf } from "./reach.js";

/** What is still possible: arcs that may be used, agents that must be served, places that must be full, and each row's range. */
export interface Domain {
  readonly live: Uint8Array;
  readonly must: Uint8Array;
  readonly full: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Per row the values it can take, where they are few; else null. */
  readonly reach: (Int32Array | null)[];
}

export const copyOf = ({ live, must, full, low, high, reach }: Domain): Domain => ({
  live: live.slice(),
  must: must.slice(),
  full: full.slice(),
  low: low.slice(),
  high: high.slice(),
  reach: reach.slice(),
});

/** Everything the model allows; `bounded` says whether rows keep their own bounds or only what their arcs can bring. */
export const wholeDomain = (core: Core, bounded: boolean): Domain => ({
  live: new Uint8Array(core.arcs).map((_, arc) => (core.units[core.placeOf[arc] as number] === 0 ? 0 : 1)),
  must: new Uint8Array(core.agents),
  full: new Uint8Array(core.places),
  low: core.rowLow.map((low, row) => (bounded ? Math.max(low, core.rowMin[row] as number) : low)),
  high: core.rowHigh.map((high, row) => (bounded ? Math.min(high, core.rowMax[row] as number) : high)),
  reach: Array.from({ length: core.rows }, () => null),
});

const isInRow = ({ byArc }: Core, arc: number, row: number): boolean => {
  for (let j = byArc.start[arc] as number; j < (byArc.start[arc + 1] as number); j++)
    if (byArc.items[j] === row) return true;
  return false;
};

/** A row that cannot do without an agent leaves it no arc outside. Returns how much that takes away. */
const keepInRow = (core: Core, { live, must }: Domain, { agent, row }: { agent: number; row: number }): number => {
  let dropped = 1 - (must[agent] as number);
  must[agent] = 1;
  for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
    const arc = core.byAgent.items[i] as number;
    if (live[arc] === 0 || isInRow(core, arc, row)) continue;
    live[arc] = 0;
    dropped++;
  }
  return dropped;
};

/** Drop arcs that no choice of the others lets fit into a row. `low` and `high` are the rows' activities. Returns how many. */
const dropMisfits = (core: Core, domain: Domain, low: Float64Array, high: Float64Array): number => {
  const seen = new Int32Array(core.rows).fill(-1);
  const count = new Int32Array(core.rows);
  const least = new Float64Array(core.rows);
  const most = new Float64Array(core.rows);
  const touched = new Int32Array(core.rows);
  let dropped = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    const from = core.byAgent.start[agent] as number;
    const to = core.byAgent.start[agent + 1] as number;
    let live = 0;
    let rows = 0;
    for (let i = from; i < to; i++) {
      const arc = core.byAgent.items[i] as number;
      if (domain.live[arc] === 0) continue;
      live++;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
        const row = core.byArc.items[j] as number;
        const coefficient = core.arcCoefficients[j] as number;
        const first = seen[row] !== agent;
        if (first) touched[rows++] = row;
        seen[row] = agent;
        count[row] = first ? 1 : (count[row] as number) + 1;
        least[row] = first ? coefficient : Math.min(least[row] as number, coefficient);
        most[row] = first ? coefficient : Math.max(most[row] as number, coefficient);
      }
    }
    for (let i = 0; i < rows; i++) {
      const row = touched[i] as number;
      if (domain.must[agent] === 1 && count[row] === live) continue;
      const isMissed =
        (high[row] as number) - Math.max(0, most[row] as number) < (domain.low[row] as number) ||
        (low[row] as number) - Math.min(0, least[row] as number) > (domain.high[row] as number);
      if (isMissed) dropped += keepInRow(core, domain, { agent, row });
    }
    for (let i = from; i < to; i++) {
      const arc = core.byAgent.items[i] as number;
      if (domain.live[arc] === 0) continue;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
        const row = core.byArc.items[j] as number;
        const coefficient = core.arcCoefficients[j] as number;
        const always = domain.must[agent] === 1 && count[row] === live;
        const own = always ? (least[row] as number) : Math.min(0, least[row] as number);
        const ownMost = always ? (most[row] as number) : Math.max(0, most[row] as number);
        if (
          (low[row] as number) - own + coefficient <= (domain.high[row] as number) &&
          (high[row] as number) - ownMost + coefficient >= (domain.low[row] as number)
        )
          continue;
        domain.live[arc] = 0;
        dropped++;
        break;
      }
    }
  }
  return dropped;
};

const everyMustHasArcs = (core: Core, { live, must }: Domain): boolean => {
  for (let agent = 0; agent < core.agents; agent++) {
    if (must[agent] === 0) continue;
    let some = false;
    for (let i = core.byAgent.start[agent] as number; !some && i < (core.byAgent.start[agent + 1] as number); i++)
      some = live[core.byAgent.items[i] as number] === 1;
    if (!some) return false;
  }
  return true;
};

const areSame = (one: Uint8Array | Float64Array, other: Uint8Array | Float64Array): boolean => {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
};

const isSame = (one: Domain, other: Domain): boolean =>
  areSame(one.low, other.low) &&
  areSame(one.high, other.high) &&
  areSame(one.must, other.must) &&
  areSame(one.full, other.full) &&
  areSame(one.live, other.live);

/** Per core the domain that was last found to be tight: objectives and their trees begin where the one before ended, and looking again would move nothing. */
const lastTight = new WeakMap<Core, Domain>();

/**
 * Cut rows to what their live arcs can bring, and arcs to what their rows can take, until nothing moves. Returns whether something may be left.
 * `isQuick`: without looking at the sums that rows over few places can come to.
 */
export const tighten = (core: Core, domain: Domain, isQuick = false): boolean => {
  const known = isQuick ? undefined : lastTight.get(core);
  if (known !== undefined && isSame(known, domain)) {
    known.reach.forEach((values, row) => {
      domain.reach[row] = values;
    });
    return true;
  }
  const low = new Float64Array(core.rows);
  const high = new Float64Array(core.rows);
  for (;;) {
    activity(core, domain, low, high);
    for (let row = 0; row < core.rows; row++) {
      if ((low[row] as number) > (domain.low[row] as number)) domain.low[row] = low[row] as number;
      if ((high[row] as number) < (domain.high[row] as number)) domain.high[row] = high[row] as number;
      if ((domain.low[row] as number) > (domain.high[row] as number)) return false;
    }
    if (dropMisfits(core, domain, low, high) > 0) continue;
    if (!everyMustHasArcs(core, domain)) return false;
    if (isQuick) return true;
    const narrowed = enumerate(core, domain);
    if (narrowed === "none") lastTight.set(core, copyOf(domain));
    if (narrowed !== "some") return narrowed === "none";
  }
};

const rowsToEnumerate = new WeakMap<Core, readonly number[]>();

/** Find the values that rows over few places can take. Returns whether `some` range was cut at its ends, `none`, or nothing is left at all. */
const enumerate = (core: Core, domain: Domain): "some" | "none" | "empty" => {
  const rows = rowsToEnumerate.get(core) ?? enumerableRows(core);
  rowsToEnumerate.set(core, rows);
  let cut: "some" | "none" = "none";
  for (const row of rows) {
    const { values, dropped } = reachOf(core, domain, row);
    if (dropped > 0) cut = "some";
    domain.reach[row] = values;
    if (values === null) continue;
    if (values.length === 0) return "empty";
    const low = values[0] as number;
    const high = values[values.length - 1] as number;
    if (low > (domain.low[row] as number) || high < (domain.high[row] as number)) cut = "some";
    domain.low[row] = low;
    domain.high[row] = high;
  }
  return cut;
};

/** Rows that live arcs could bring out of their range. */
export const bindingRows = (core: Core, domain: Domain): Uint8Array => {
  const least = new Float64Array(core.rows);
  const most = new Float64Array(core.rows);
  activity(core, domain, least, most);
  return Uint8Array.from({ length: core.rows }, (_, row) =>
    (least[row] as number) < (domain.low[row] as number) || (most[row] as number) > (domain.high[row] as number)
      ? 1
      : 0,
  );
};

/** How many arcs may be used. */
export const liveCount = ({ live }: Domain): number => live.reduce((sum, one) => sum + one, 0);

export const liveArcs = (core: Core, domain: Domain): LiveArcs => {
  const { live } = domain;
  const start = new Int32Array(core.agents + 1);
  const size = liveCount(domain);
  const arcs = new Int32Array(size);
  const place = new Int32Array(size);
  let next = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    start[agent] = next;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (live[arc] === 0) continue;
      arcs[next] = arc;
      place[next++] = core.placeOf[arc] as number;
    }
  }
  start[core.agents] = next;
  return { start, arc: arcs, place };
};
