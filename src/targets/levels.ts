import { ProblemError } from "../base/errors.js";
import { ceilOf, floorOf, numberOf, type Ratio, ratioOf, sumOf, ZERO } from "../base/exact.js";
import { apportionExactly, type MethodName, type Tie, type TieBreak } from "./apportion.js";
import { faultAt } from "./fault.js";
import { waterFill } from "./water-fill.js";

/** An area on some level: a leaf with its own weight, or the areas inside it, whose weights it sums. */
export interface LevelNode {
  readonly id: string;
  /** Leaves only. */
  readonly weight?: number;
  /** Leaves only: least and most, whole; such as what is settled already. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly children?: readonly LevelNode[];
}

export interface LevelSeats {
  readonly id: string;
  readonly seats: number;
  /** The bounded quota over all leaves: clamp(level * w, minimum, maximum) of the leaves inside, added up. */
  readonly quota: number;
  readonly ties: readonly Tie[];
  readonly children: readonly LevelSeats[];
}

export interface LevelOptions {
  readonly tieBreak?: Exclude<TieBreak, readonly number[]>;
  /** Hold every area on every level between its quota rounded down and up; the method then only says who is rounded up. */
  readonly withinQuota?: boolean;
}

interface Sized {
  readonly id: string;
  readonly weight: Ratio;
  readonly quota: Ratio;
  readonly minimum: number;
  readonly maximum: number;
  readonly children: readonly Sized[];
}

const leavesOf = (node: LevelNode): readonly LevelNode[] =>
  node.children === undefined || node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);

/**
 * Divide a total down a hierarchy, level by level, the coarsest first: what an area gets is divided among the areas inside it by
 * the same method, so that sums are consistent exactly.
 *
 * Guarantees, against the quota over all leaves and without bounds: Adams keeps every area of every level at most at its quota
 * rounded up, Jefferson at least at its quota rounded down; the others promise neither below the first level. With `withinQuota` both
 * hold for every method and with bounds: the quotas of the areas inside add up to the area's own, so rounding some up always fits.
 * Without it each level is filled for itself: a coarse area is not held back because leaves inside it are full elsewhere.
 * Edge: a branch whose leaves all weigh 0 gets its minima.
 *
 * @throws ProblemError `levels.duplicate-id`, and those of `waterFill` and `apportion`.
 */
export const apportionLevels = (
  total: number,
  tree: LevelNode,
  method: MethodName,
  options: LevelOptions = {},
): LevelSeats => {
  const leaves = leavesOf(tree);
  const ids = leaves.map(({ id }) => id);
  const double = ids.find((id, i) => ids.indexOf(id) !== i);
  if (double !== undefined) {
    throw new ProblemError([
      faultAt(
        "levels.duplicate-id",
        "tree",
        "leaves with ids of their own",
        double,
        `Two leaves are called ${double}.`,
      ),
    ]);
  }
  const minima = leaves.map(({ minimum = 0 }) => minimum);
  const settled = minima.reduce((sum, value) => sum + value, 0);
  // Refuses totals and bounds that no division meets, before the way down begins.
  const quotas = waterFill(
    Math.max(0, total - settled),
    leaves.map(({ weight = 0 }) => weight),
    minima,
    leaves.map(({ maximum = Infinity }, i) => Math.max(0, maximum - (minima[i] ?? 0))),
  ).exact.amounts;
  const quotaOf = new Map(leaves.map(({ id }, i) => [id, sumOf([quotas[i] ?? ZERO, ratioOf(minima[i] ?? 0)])]));
  return divideDown(sized(tree, quotaOf), total, method, options);
};

const sized = (node: LevelNode, quotaOf: ReadonlyMap<string, Ratio>): Sized => {
  if (node.children === undefined || node.children.length === 0) {
    const { id, weight = 0, minimum = 0, maximum = Infinity } = node;
    return { id, weight: ratioOf(weight), quota: quotaOf.get(id) ?? ZERO, minimum, maximum, children: [] };
  }
  const children = node.children.map((child) => sized(child, quotaOf));
  // A leaf of weight 0 cannot rise above its minimum, whatever its maximum says.
  const room = children.map((child) => (child.weight.numerator === 0n ? child.minimum : child.maximum));
  return {
    id: node.id,
    weight: sumOf(children.map(({ weight }) => weight)),
    quota: sumOf(children.map(({ quota }) => quota)),
    minimum: children.reduce((sum, child) => sum + child.minimum, 0),
    maximum: room.reduce((sum, value) => sum + value, 0),
    children,
  };
};

const divideDown = (node: Sized, seats: number, method: MethodName, options: LevelOptions): LevelSeats => {
  const quota = numberOf(node.quota);
  if (node.children.length === 0) return { id: node.id, seats, quota, ties: [], children: [] };
  const { tieBreak = "largest-weight", withinQuota = false } = options;
  const low = (child: Sized): number => (withinQuota ? Number(floorOf(child.quota)) : child.minimum);
  const high = (child: Sized): number => (withinQuota ? Number(ceilOf(child.quota)) : child.maximum);
  const divided = apportionExactly(
    seats,
    node.children.map(({ weight }) => weight),
    method,
    { minimum: node.children.map(low), maximum: node.children.map(high), tieBreak },
  );
  const children = node.children.map((child, i) => divideDown(child, divided.seats[i] ?? 0, method, options));
  return { id: node.id, seats, quota, ties: divided.ties, children };
};
