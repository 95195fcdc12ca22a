// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "./core.js";
import { copyOf, type Domain } from "./domain.js";
import type { Relaxed, Task } from "./relax.js";

/** A domain in two parts that share nothing and lose nothing; `left` says which one is likelier to hold the best choice. */
export type Branch =
  /** Row at most `at`, or at least `at + 1`; whole. */
  | { readonly kind: "row"; readonly row: number; readonly at: number; readonly left: boolean }
  /** The agent takes one of these arcs, or none of them. */
  | { readonly kind: "agent"; readonly agent: number; readonly arcs: readonly number[]; readonly left: boolean };

/** Averages closer to a whole number than this count as whole. */
const NEARLY_WHOLE = 0.08;

/** What each row takes on average. */
export const averagesOf = (core: Core, share: Float64Array): Float64Array => {
  const average = new Float64Array(core.rows);
  for (let arc = 0; arc < core.arcs; arc++) {
    if (share[arc] === 0) continue;
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      average[row] = (average[row] as number) + (share[arc] as number) * (core.arcCoefficients[j] as number);
    }
  }
  return average;
};

/** The open row whose average lies furthest from a whole value, if it lies further than `least`. */
export const openRow = (
  rows: Iterable<number>,
  domain: Domain,
  given: { readonly average: Float64Array; readonly least: number },
): Branch | null => {
  let best: Branch | null = null;
  let most = given.least;
  for (const row of rows) {
    const low = domain.low[row] as number;
    const high = domain.high[row] as number;
    if (low >= high) continue;
    const y = Math.max(low, Math.min(high, given.average[row] as number));
    const at = Math.min(high - 1, Math.floor(y));
    const apart = Math.min(y - at, at + 1 - y);
    if (apart <= most) continue;
    most = apart;
    best = { kind: "row", row, at, left: y - at < 0.5 };
  }
  return best;
};

const signatureOf = (core: Core, arc: number): string => {
  const from = core.byArc.start[arc] as number;
  const to = core.byArc.start[arc + 1] as number;
  return `${core.byArc.items.slice(from, to).join()}/${core.arcCoefficients.slice(from, to).join()}`;
};

/** The agent that is most of two minds about what it brings to the rows; or, failing that, about its place. */
const fractionalAgent = (core: Core, domain: Domain, share: Float64Array, grouped: boolean): Branch | null => {
  let best: Branch | null = null;
  let most = NEARLY_WHOLE;
  for (let agent = 0; agent < core.agents; agent++) {
    const from = core.byAgent.start[agent] as number;
    const to = core.byAgent.start[agent + 1] as number;
    let undecided = false;
    for (let i = from; !undecided && i < to; i++) {
      const part = share[core.byAgent.items[i] as number] as number;
      undecided = part > NEARLY_WHOLE && part < 1 - NEARLY_WHOLE;
    }
    if (!undecided) continue;
    const groups = new Map<string, { arcs: number[]; share: number; size: number }>();
    for (let i = from; i < to; i++) {
      const arc = core.byAgent.items[i] as number;
      if (domain.live[arc] === 0) continue;
      const key = grouped ? signatureOf(core, arc) : String(arc);
      const group = groups.get(key) ?? { arcs: [], share: 0, size: 1 };
      group.arcs.push(arc);
      group.share += share[arc] as number;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
        group.size = Math.max(group.size, Math.abs(core.arcCoefficients[j] as number));
      groups.set(key, group);
    }
    if (groups.size === 1 && domain.must[agent] === 1) continue;
    for (const group of groups.values()) {
      const apart = Math.min(group.share, 1 - group.share);
      const score = apart * (grouped ? Math.sqrt(group.size) : 1);
      if (apart <= NEARLY_WHOLE || score <= most) continue;
      most = score;
      best = { kind: "agent", agent, arcs: group.arcs, left: group.share >= 0.5 };
    }
  }
  return best;
};

/** Values per agent. */
const MOST_VALUES = 1000;

/** Whether a row of so many values is worth going through value by value, or halving: of one with more for its agents, each half would leave nearly the same choices. */
export const isNarrow = ({ agents }: Core, values: number): boolean => values <= MOST_VALUES * agents;

/** Any choice that is still open: a row the relaxation is torn about, or an agent. Null where all is decided. */
const openChoice = ({ core }: Task, domain: Domain, relaxed: Relaxed): Branch | null => {
  for (let row = 0; row < core.rows; row++) {
    const low = domain.low[row] as number;
    const high = domain.high[row] as number;
    if (low >= high || !isNarrow(core, high - low) || relaxed.wanted[row] === relaxed.brought[row]) continue;
    const middle = Math.floor(((relaxed.wanted[row] as number) + (relaxed.brought[row] as number)) / 2);
    return { kind: "row", row, at: Math.max(low, Math.min(high - 1, middle)), left: true };
  }
  let best: Branch | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let agent = 0; agent < core.agents; agent++) {
    const arcs: number[] = [];
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (domain.live[arc] === 1) arcs.push(arc);
    }
    const options = arcs.length + 1 - (domain.must[agent] as number);
    if (options < 2 || options >= fewest) continue;
    fewest = options;
    const chosen = relaxed.arcOf[agent] as number;
    best = {
      kind: "agent",
      agent,
      arcs: [arcs.includes(chosen) ? chosen : (arcs[0] as number)],
      left: arcs.includes(chosen),
    };
  }
  return best;
};

/** A row that can be told by a few sizes is worth dividing; one with a coefficient for every arc is not. */
const MOST_SIZES = 12;

const sizedRows = new WeakMap<Core, Uint8Array>();

const sizedRowsOf = (core: Core): Uint8Array => {
  const known = sizedRows.get(core);
  if (known !== undefined) return known;
  const sized = Uint8Array.from({ length: core.rows }, (_, row) => {
    const from = core.byRow.start[row] as number;
    const to = core.byRow.start[row + 1] as number;
    return new Set(core.rowCoefficients.subarray(from, to)).size <= MOST_SIZES ? 1 : 0;
  });
  sizedRows.set(core, sized);
  return sized;
};

/** Where to divide a domain: rows the stage puts a cost on, then how many of each size go where, then who. Null where nothing is left to decide. */
export const branchOn = (task: Task, domain: Domain, share: Float64Array, relaxed: Relaxed): Branch | null => {
  const { core, stage, counts } = task;
  const average = averagesOf(core, share);
  const sized = sizedRowsOf(core);
  return (
    openRow(
      stage.rows.filter((row) => sized[row] === 1),
      domain,
      { average, least: -1 },
    ) ??
    openRow(counts, domain, { average, least: NEARLY_WHOLE }) ??
    fractionalAgent(core, domain, share, true) ??
    fractionalAgent(core, domain, share, false) ??
    openChoice(task, domain, relaxed)
  );
};

/** The two parts of a domain. */
export const partsOf = (core: Core, domain: Domain, branch: Branch): readonly [Domain, Domain] => {
  const left = copyOf(domain);
  const right = copyOf(domain);
  if (branch.kind === "row") {
    left.high[branch.row] = Math.min(left.high[branch.row] as number, branch.at);
    right.low[branch.row] = Math.max(right.low[branch.row] as number, branch.at + 1);
  } else {
    const { agent } = branch;
    const within = new Set(branch.arcs);
    left.must[agent] = 1;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (within.has(arc)) right.live[arc] = 0;
      else left.live[arc] = 0;
    }
  }
  return [left, right];
};
