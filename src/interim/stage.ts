import { seededRandom } from "../base/random.js";
import { type Choice, choiceOf, isBetter, type Worth, wholeRegion, worthOf } from "./choice.js";
import { searchFrom } from "./improve.js";
import type { IntegerForm } from "./integer-form.js";
import {
  activeRows,
  type Prices,
  type Region,
  type Relaxed,
  relax,
  type Task,
  tablesByRow,
  UNIT,
} from "./relaxation.js";

export interface StageResult {
  readonly best: Choice | null;
  readonly value: number;
  readonly bound: number;
  readonly proven: boolean;
}
export interface Effort {
  readonly rootRounds: number;
  readonly nodeRounds: number;
  readonly nodes: number;
  readonly tries: number;
  readonly stop: () => boolean;
}
interface Node {
  readonly region: Region;
  readonly bound: number;
  readonly prices: Prices;
}
interface Priced {
  readonly bound: number;
  readonly prices: Prices;
  readonly relaxed: Relaxed | null;
  readonly frequency: Float64Array;
  readonly rounds: number;
}
const PRECISION = 1e-10;
const within = (task: Task, value: number, bound: number): boolean => {
  const { scale, tolerance } = task.stage;
  const rounding = Math.abs(scale) === 1 ? 0 : 2 + Math.abs(value) * PRECISION;
  return value - bound <= tolerance + rounding;
};
const ceilingOf = ({ form, stage }: Task): number => {
  let most = 0;
  for (let agent = 0; agent < form.agents; agent++) {
    let largest = 0;
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++)
      largest = Math.max(largest, stage.weights[arc] as number);
    most += largest;
  }
  for (const { at } of stage.tables) most += at.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return most;
};
export const solveStage = (task: Task, start: ArrayLike<number>, effort: Effort): StageResult => {
  const { form } = task;
  const root = wholeRegion(form);
  const tables = tablesByRow(task);
  const ceiling = ceilingOf(task);
  let best: Choice | null = null;
  let bestWorth: Worth = { broken: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY };
  const offer = (arcOf: ArrayLike<number>): void => {
    const choice = choiceOf(form, arcOf);
    const worth = worthOf(task, root.low, root.high, choice);
    if (!isBetter(worth, bestWorth)) return;
    bestWorth = worth;
    best = choice;
  };
  const found = (): boolean => bestWorth.broken === 0;
  const improve = (arcOf: ArrayLike<number>, tries: number): void => {
    const search = searchFrom(task, root, arcOf);
    search.descend(tries);
    offer(search.choice.arcOf);
  };
  const price = (region: Region, from: Prices, rounds: number): Priced => {
    const rows = activeRows(task, region);
    const prices = { row: from.row.slice(), kept: from.kept.slice() };
    const meanRow = new Float64Array(form.rows.length);
    const meanKept = new Float64Array(task.kept.length);
    const frequency = new Float64Array(form.arcs);
    let top: Priced = { bound: Number.NEGATIVE_INFINITY, prices: from, relaxed: null, frequency, rounds: 0 };
    let factor = 1;
    let since = 0;
    let done = 0;
    for (let round = 0; round < rounds; round++) {
      const whole = { row: prices.row.map(Math.round), kept: prices.kept.map(Math.round) };
      const relaxed = relax(task, region, { prices: whole, rows, tables });
      done += 1;
      const bound = relaxed.bound === Number.POSITIVE_INFINITY ? relaxed.bound : Math.ceil(relaxed.bound / UNIT);
      if (bound > top.bound) {
        top = { bound, prices: whole, relaxed, frequency, rounds: done };
        since = 0;
      } else since += 1;
      const { assigned } = relaxed;
      if (assigned === null || bound > ceiling) return { ...top, bound: Number.POSITIVE_INFINITY };
      if (found() && within(task, bestWorth.value, top.bound)) break;
      for (const arc of assigned.arcOf) if (arc >= 0) frequency[arc] = (frequency[arc] as number) + 1;
      if (round % 8 === 0) improve(assigned.arcOf, effort.tries);
      if (since >= 12) {
        factor *= 0.6;
        since = 0;
        prices.row.set(top.prices.row);
        prices.kept.set(top.prices.kept);
        if (factor < 1e-3) break;
        continue;
      }
      let norm = 0;
      const weight = 0.9;
      for (const row of rows) {
        const g = (relaxed.taken[row] as number) - (relaxed.wanted[row] as number);
        meanRow[row] = round === 0 ? g * g : weight * (meanRow[row] as number) + (1 - weight) * g * g;
        norm += (g * g) / (Math.sqrt(meanRow[row] as number) + 0.1);
      }
      for (let j = 0; j < task.kept.length; j++) {
        const g = relaxed.keptSlack[j] as number;
        meanKept[j] = round === 0 ? g * g : weight * (meanKept[j] as number) + (1 - weight) * g * g;
        norm += (g * g) / (Math.sqrt(meanKept[j] as number) + 0.1);
      }
      if (norm === 0) break;
      const target = found() ? bestWorth.value : top.bound + 1 + Math.abs(top.bound) * 0.05;
      const step = (factor * Math.max(1, target - relaxed.bound / UNIT) * UNIT) / norm;
      for (const row of rows) {
        const g = (relaxed.taken[row] as number) - (relaxed.wanted[row] as number);
        prices.row[row] = (prices.row[row] as number) + (step * g) / (Math.sqrt(meanRow[row] as number) + 0.1);
      }
      for (let j = 0; j < task.kept.length; j++) {
        const g = relaxed.keptSlack[j] as number;
        prices.kept[j] = Math.max(
          0,
          (prices.kept[j] as number) + (step * g) / (Math.sqrt(meanKept[j] as number) + 0.1),
        );
      }
      if (effort.stop()) break;
    }
    return { ...top, frequency, rounds: done };
  };
  improve(start, effort.tries * 20);
  kick(task, root, {
    offer,
    current: () => best ?? choiceOf(form, start),
    tries: effort.tries,
    times: found() ? 6 : 30,
  });
  const zero = { row: new Float64Array(form.rows.length), kept: new Float64Array(task.kept.length) };
  const first = price(root, zero, effort.rootRounds);
  const open: Node[] = [];
  let least = Number.POSITIVE_INFINITY;
  const settle = (priced: Priced, region: Region): void => {
    if (priced.bound === Number.POSITIVE_INFINITY || (found() && within(task, bestWorth.value, priced.bound))) {
      least = Math.min(least, priced.bound);
      return;
    }
    const children = branch(form, region, priced);
    if (children.length === 0) {
      least = Math.min(least, priced.bound);
      return;
    }
    for (const child of children) open.push({ region: child, bound: priced.bound, prices: priced.prices });
  };
  settle(first, found() ? closeDearArcs(task, root, first, bestWorth.value) : root);
  let nodes = 0;
  while (open.length > 0 && nodes < effort.nodes && !effort.stop()) {
    let at = 0;
    for (let i = 1; i < open.length; i++) if ((open[i]?.bound ?? 0) <= (open[at]?.bound ?? 0)) at = i;
    const [node] = open.splice(at, 1);
    if (node === undefined) break;
    if (found() && within(task, bestWorth.value, node.bound)) {
      least = Math.min(least, node.bound);
      continue;
    }
    nodes += 1;
    const priced = price(node.region, node.prices, effort.nodeRounds);
    const lifted = { ...priced, bound: Math.max(priced.bound, node.bound) };
    settle(lifted, found() ? closeDearArcs(task, node.region, lifted, bestWorth.value) : node.region);
  }
  const bound = open.reduce((low, node) => Math.min(low, node.bound), least);
  const value = bestWorth.value;
  const proven = found() ? within(task, value, bound) : bound === Number.POSITIVE_INFINITY;
  return { best: found() ? best : null, value, bound: found() ? Math.min(bound, value) : bound, proven };
};
const closeDearArcs = ({ form, stage }: Task, region: Region, { bound, relaxed }: Priced, value: number): Region => {
  if (relaxed === null || relaxed.assigned === null) return region;
  const { agentPrice, placePrice, arcOf } = relaxed.assigned;
  const room = (value - stage.tolerance) * UNIT - relaxed.bound;
  if (room < 0 || bound === Number.NEGATIVE_INFINITY) return region;
  const closed = region.closed.slice();
  for (let arc = 0; arc < form.arcs; arc++) {
    const agent = form.agentOf[arc] as number;
    if (arcOf[agent] === arc) continue;
    const reduced =
      (relaxed.cost[arc] as number) -
      (agentPrice[agent] as number) -
      (placePrice[form.placeOf[arc] as number] as number);
    if (reduced > room) closed[arc] = 1;
  }
  return { ...region, closed };
};
const branch = (form: IntegerForm, region: Region, { relaxed, frequency, rounds }: Priced): readonly Region[] => {
  if (relaxed === null) return [];
  let widest = 0;
  let row = -1;
  for (let r = 0; r < form.rows.length; r++) {
    const apart = Math.abs((relaxed.taken[r] as number) - (relaxed.wanted[r] as number));
    if ((region.low[r] as number) < (region.high[r] as number) && apart > widest) {
      widest = apart;
      row = r;
    }
  }
  if (row >= 0) {
    const [low, high] = [region.low[row] as number, region.high[row] as number];
    const middle = Math.floor(((relaxed.taken[row] as number) + (relaxed.wanted[row] as number)) / 2);
    const split = Math.min(high - 1, Math.max(low, middle));
    const below = { ...region, high: region.high.slice() };
    const above = { ...region, low: region.low.slice() };
    below.high[row] = split;
    above.low[row] = split + 1;
    return [below, above];
  }
  let unsure = Number.POSITIVE_INFINITY;
  let pick = -1;
  for (let agent = 0; agent < form.agents; agent++) {
    let open = region.mustTake[agent] === 1 ? 0 : 1;
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++)
      if (region.closed[arc] === 0) open += 1;
    if (open < 2) continue;
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++) {
      if (region.closed[arc] === 1) continue;
      const doubt = Math.abs((frequency[arc] as number) / Math.max(1, rounds) - 0.5);
      if (doubt < unsure) {
        unsure = doubt;
        pick = arc;
      }
    }
  }
  if (pick < 0) return [];
  const agent = form.agentOf[pick] as number;
  const without = { ...region, closed: region.closed.slice() };
  without.closed[pick] = 1;
  const only = { ...region, closed: region.closed.slice(), mustTake: region.mustTake.slice() };
  only.mustTake[agent] = 1;
  for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++)
    if (arc !== pick) only.closed[arc] = 1;
  return [only, without];
};
interface Kicks {
  readonly offer: (arcOf: ArrayLike<number>) => void;
  readonly current: () => Choice;
  readonly tries: number;
  readonly times: number;
}
const kick = (task: Task, region: Region, { offer, current, tries, times }: Kicks): void => {
  const { form } = task;
  const random = seededRandom(form.agents * 7919 + form.arcs);
  for (let time = 0; time < times; time++) {
    const arcOf = current().arcOf.slice();
    const shaken = Math.max(1, Math.min(6, Math.floor(form.agents / 6)));
    for (let i = 0; i < shaken && form.agents > 0; i++) arcOf[Math.floor(random() * form.agents)] = -1;
    const search = searchFrom(task, region, arcOf);
    search.descend(tries * 5);
    offer(search.choice.arcOf);
  }
};
