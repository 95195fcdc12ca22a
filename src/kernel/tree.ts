// Typed arrays are read with `as number` here: every index comes from the core.
import { type Deepened, deepen, MANY_AGENTS } from "./blocks/deepen.js";
import { type Picked, pricedAgents } from "./blocks/pick.js";
import { blockOfPlaces } from "./blocks/rows.js";
import { branchOn } from "./branch.js";
import { climb, rowSizes } from "./climb.js";
import { copyOf, type Domain, liveCount, tighten } from "./domain.js";
import type { Hinted } from "./earlier.js";
import {
  divideNode,
  excludingPrices,
  FEW_ARCS,
  MARGIN,
  newProofNode,
  type OpenNode,
  proofPrices,
  takeFirst,
} from "./nodes.js";
import type { Found, Ways } from "./position.js";
import type { Effort, ProofNode } from "./proof.js";
import {
  decisivePrices,
  fix,
  nearestArcs,
  noPrices,
  type Prices,
  type Proven,
  type Relaxation,
  type Relaxed,
  relaxation,
  type Task,
} from "./relax.js";
import { type Searcher, searcher } from "./search.js";
import { goalBelow, mostOf } from "./stage.js";
import { levelPrices, startPrices } from "./start.js";
import { steer } from "./steer.js";

export interface StageOutcome {
  readonly best: Found | null;
  /** No choice has a smaller whole value. */
  readonly bound: number;
  readonly proven: boolean;
  /** What cuts the domain down to the choices a later stage may use: root relaxations, or what no prices prove. */
  readonly faces: readonly Proven[];
  /** The same, with prices on agents. */
  readonly picked: Picked | null;
  readonly proof: readonly ProofNode[];
  /** The value that the proof keeps to, where it shows no more than that. */
  readonly keep: number | null;
  readonly nodes: number;
}

/** Below the root, moves tried in search of better choices stay below this part of the arcs that bounds have looked at. */
const SEARCH_SHARE = 0.25;

/** The round of a root by which prices have shown what they can where they start well; then chance is given its turn. */
const SOON = 8;
/** Random moves of an annealing, per agent. */
const TRIALS = 10_000;
/** Annealings, the first one from hot. */
const ROUNDS = 8;
/** The same where a level of prices says more than a long look does. */
const SHORT_TRIALS = 250;
/** Random moves of an annealing that may leave the limits. */
const MOST_TRIALS = 2e7;
/** Random moves of an annealing that keeps to the limits, per agent and in all, and where each begins, in what moves usually cost. */
const EXCHANGE_TRIALS = { each: 20_000, most: 6e7 } as const;
const EXCHANGES = [16, 2, 16, 2];
/** Where there are no weights, blocks are divided where their bound takes this part of what is missing. */
const WORTH_BLOCKS = 1 / 2;
/** Where there are no weights, this part of the time is left to rows. */
const OTHERS_SHARE = 1 / 2;
/** Part of the time that a root's prices may take where there is a limit. */
const CLIMB_SHARE = 1 / 3;
/** So many parts of a small domain are looked at before that. */
const LONG = 150;
/** Parts of the nearest arcs that are looked at for choices. */
const NEAR_NODES = 100;

/** Of so many arcs prices are made good before anything else, and on the cheapest alone; where blocks bound them without weights, those on rows are no more than a start. */
const MANY_ARCS = 250_000;
const FEW_ROUNDS = 3;

/** Chains are tried along so many arcs of each agent. */
const WIDTH = 16;

/**
 * Minimise a stage over a domain: prices at the root, cuts by reduced cost, then branch and bound.
 * With `within` it looks for no choice, but keeps all parts that may hold one of that value or less: `rest`.
 * With `below` it asks only whether there is a choice of that value or less, and stops at the first; `proven` says that there is none.
 */
export function* solveStage(
  task: Task,
  domain: Domain,
  given: {
    readonly start: Int32Array | null;
    readonly effort: Effort;
    readonly within?: number;
    readonly below?: number;
    readonly prices?: Prices;
    /** Prices of an earlier result, tried in place of others. */
    readonly hinted?: Hinted | null;
    /** The domain is a part of the one in question: only choices are looked for. */
    readonly restricted?: true;
  },
): Generator<void, StageOutcome & { readonly rest: readonly Domain[] }> {
  const { core, stage } = task;
  const { effort } = given;
  const sizes = rowSizes(core);
  const search: Searcher = searcher(task, domain, effort);
  const proof: ProofNode[] = [newProofNode()];
  let best: Found | null = null;
  const consider = (found: Found | null): void => {
    if (found !== null && (best === null || found.value < best.value)) best = found;
  };
  const nothing = mostOf(core, stage, domain) + stage.lattice + MARGIN;
  /** The best value known, or one that no choice reaches: a bound that reaches it proves that there is none. */
  const value = (): number => (best === null ? nothing : (best as Found).value);
  const { within, below } = given;
  /** Whether the best choice of the whole domain is asked for. */
  const isWhole = within === undefined && below === undefined && given.restricted !== true;
  const goal = (): number => {
    if (within !== undefined) return within;
    // Whether there is one at all takes next to nothing above that value to decide: so little of a whole one.
    if (below !== undefined) return below + Math.abs(stage.scale) / 2 ** 16;
    return best === null ? nothing - stage.lattice : goalBelow(stage, value());
  };
  const isFound = (): boolean => below !== undefined && value() <= below;
  const decidedParts: Domain[] = [];
  let isUnshown = false;
  const aim = (): number =>
    below !== undefined
      ? below + Math.abs(stage.scale) / 2 ** 14
      : within === undefined
        ? value()
        : within + stage.lattice;
  /** How a start is searched around what a relaxation prices. */
  const waysAt = (relaxed: Relaxation, at: Relaxed, deep: boolean): Ways => ({
    near: nearestArcs(relaxed, at, WIDTH),
    prices: new Map(task.limits.map((limit, k) => [limit, at.prices.limit[k] as number])),
    deep,
    sweeps: deep ? 6 : 4,
  });
  /** Whether there is much to choose from and no weight to go by. */
  const isLoose = (relaxed: Relaxation): boolean =>
    stage.weights === null &&
    best !== null &&
    within === undefined &&
    below === undefined &&
    relaxed.arcs.arc.length > FEW_ARCS;
  const improve = (start: ArrayLike<number>, relaxed: Relaxation, given: { at: Relaxed; deep: boolean }): void => {
    const { at, deep } = given;
    // Whether there is a choice below is asked where searches found none.
    const isAsked = below !== undefined && (deep || relaxed.arcs.arc.length > FEW_ARCS);
    if (within !== undefined || isAsked || (best !== null && effort.stop())) return;
    consider(search.improve(start, waysAt(relaxed, at, deep)));
  };
  const improveBest = (ways: Ways): void => {
    if (best !== null) consider(search.improve((best as Found).arcOf, ways));
  };
  /** Look further from the best choice, until rounds, hope or time run out. */
  const inRounds = (at: Relaxed, rounds: number, look: (round: number, start: Int32Array) => Found | null): void => {
    let vain = 0;
    for (
      let round = 0;
      round < rounds && vain < 2 && value() > at.bound && !effort.isClose(value(), at.bound) && !effort.stop();
      round++
    ) {
      const before = value();
      consider(look(round, (best as Found).arcOf));
      vain = value() < before ? 0 : vain + 1;
    }
  };
  /** Look further by chance, so many rounds. */
  const anneal = (relaxed: Relaxation, at: Relaxed, given: { rounds: number; trials: number }): void => {
    const isFree = stage.weights === null;
    const ways = isFree ? { near: null, deep: false, sweeps: 4 } : waysAt(relaxed, at, true);
    // A tight limit is better never left.
    const byChance = isFree && task.held.length > 0 ? search.exchange : search.anneal;
    inRounds(at, given.rounds, (round, start) =>
      byChance(start, ways, {
        trials: Math.min(MOST_TRIALS, Math.ceil((given.trials * core.agents) / (isFree ? 1 : 2))),
        enough: effort.closeTo(at.bound),
        seed: round + 1,
        heat: round === 0 ? 1 : 0.3,
      }),
    );
  };
  /** As `anneal`, without leaving the limits: by turns from hot and from warm. */
  const exchange = (relaxed: Relaxation, at: Relaxed): void =>
    inRounds(at, EXCHANGES.length, (round, start) =>
      search.exchange(start, waysAt(relaxed, at, false), {
        trials: Math.min(EXCHANGE_TRIALS.most, EXCHANGE_TRIALS.each * core.agents),
        enough: effort.closeTo(at.bound),
        seed: round + 1,
        heat: EXCHANGES[round] as number,
      }),
    );
  /** Where bounds leave something open: improve the best choice, then look further where there is much to choose from, or no weight to go by. */
  const look = (relaxed: Relaxation, at: Relaxed): void => {
    const isLarge = relaxed.arcs.arc.length > FEW_ARCS;
    // Of many agents, chains take as long as chance does, and find less.
    const isMany = best !== null && isLarge && core.agents > MANY_AGENTS;
    if (!isMany) improve(at.arcOf, relaxed, { at, deep: true });
    if (best === null || within !== undefined || below !== undefined || effort.stop()) return;
    if (stage.weights !== null) {
      if (!isMany) improveBest(waysAt(relaxed, at, true));
      if (isLarge) exchange(relaxed, at);
    } else anneal(relaxed, at, isLarge ? { rounds: ROUNDS, trials: TRIALS } : { rounds: 1, trials: TRIALS / 50 });
  };

  /** What the best choice says of prices, where there are no weights to go by: at the level it seems to be on, or at the best. */
  const levelOf = (relaxed: Relaxation, isSearched: boolean): Relaxed | null =>
    isLoose(relaxed) && given.prices === undefined && !effort.stop()
      ? levelPrices(task, relaxed, {
          arcOf: (best as Found).arcOf,
          stop: () => !isSearched || effort.stop(),
        })
      : null;
  /** Whether blocks, where there are any, bound it sooner than rows do. */
  const isVast = ({ arcs }: Relaxation): boolean => arcs.arc.length > MANY_ARCS || core.agents > MANY_AGENTS;
  /** What a root does before prices are good: where there are no weights to go by, chance finds more than they do. */
  const begin = (relaxed: Relaxation, at: Relaxed, given: { round: number; isForBlocks: boolean }): void => {
    const { round, isForBlocks } = given;
    if (round === 0 && start !== null) improve(start, relaxed, { at, deep: true });
    if (!isLoose(relaxed)) return;
    if (round === 0)
      anneal(relaxed, at, isForBlocks ? { rounds: 1, trials: SHORT_TRIALS } : { rounds: 3, trials: TRIALS / 10 });
    if (round === SOON) anneal(relaxed, at, { rounds: 1, trials: TRIALS });
  };

  /** Whether what is known is so near to a bound that the time left is better spent on other objectives. */
  const isClose = (bound: number): boolean => best !== null && within === undefined && effort.isClose(value(), bound);

  /** Divide the part of the domain that is cheapest at these prices: its choices are found much sooner than those of the whole. */
  function* divide(relaxed: Relaxation, at: Relaxed): Generator<void, void> {
    const near = copyOf(relaxed.domain);
    near.live.fill(0);
    for (const arc of nearestArcs(relaxed, at, WIDTH).items) near.live[arc] = 1;
    if (best !== null) for (const arc of (best as Found).arcOf) if (arc >= 0) near.live[arc] = 1;
    const { best: found } = yield* solveStage(task, near, {
      start: best === null ? null : (best as Found).arcOf,
      effort: { ...effort, rootRounds: effort.nodeRounds, nodes: NEAR_NODES, reserve: () => {} },
      prices: at.prices,
      restricted: true,
    });
    consider(found);
  }

  const { start, hinted = null } = given;
  if (start !== null) {
    const measured = search.measure(start);
    if (measured !== null) consider({ arcOf: Int32Array.from(start), value: measured });
    // Where time runs out early, this is most of what there will be.
    const isTimed = isWhole && (stage.weights === null || effort.stop()) && Number.isFinite(effort.left());
    // An earlier result's choice is a few moves away from one.
    if (measured === null ? hinted !== null : isTimed)
      consider(search.improve(start, { near: null, deep: false, unstopped: true, sweeps: 1 }));
  }
  const faces: Proven[] = [];
  let open: OpenNode<Prices>[] = [];
  let next: OpenNode<Prices> | null = null;
  let closedBound = Number.POSITIVE_INFINITY;
  let nodes = 0;
  let deepened: Deepened | null = null;
  /** Whether what blocks came to is final. */
  let isByBlocks = false;
  let evaluated = 0;
  const roots: { readonly relaxed: Relaxation; readonly at: Relaxed }[] = [];

  /** A small domain that is not soon divided to its end is worth a longer look. */
  const lookLonger = (): void => {
    if (best === null || within !== undefined || below !== undefined) return;
    for (const { relaxed, at } of roots) {
      if (stage.weights !== null) exchange(relaxed, at);
      anneal(relaxed, at, { rounds: ROUNDS, trials: TRIALS });
    }
  };

  /** Whether most arcs lie in blocks, and all of the domain is asked for. */
  const usesBlocks = (relaxed: Relaxation): boolean => {
    if (!isWhole) return false;
    // Without weights to choose by, rows are divided sooner where there are few arcs; and they say enough where nothing is to be divided.
    if (stage.weights === null && (relaxed.arcs.arc.length <= FEW_ARCS || effort.nodes === 0)) return false;
    const blockOf = blockOfPlaces(core, task.blocks);
    let inside = 0;
    for (const place of relaxed.arcs.place) if ((blockOf[place] as number) >= 0) inside++;
    return inside * 2 > relaxed.arcs.place.length;
  };

  /** An earlier result's prices where they close the root or there is no time for others; else the better ones. */
  const firstPrices = (relaxed: Relaxation): Prices => {
    const isLate = best !== null && (effort.isOver() || (below === undefined && effort.stop()));
    const known = hinted?.prices ?? null;
    if (known === null) return isLate ? noPrices(core, task.limits.length) : startPrices(task, relaxed);
    const { bound } = relaxed.evaluate(known);
    if (isLate || bound > goal()) return known;
    const own = startPrices(task, relaxed);
    return relaxed.evaluate(own).bound > bound ? own : known;
  };

  /** Bound a node, cut it down, and divide it. */
  function* visit(node: OpenNode<Prices>): Generator<void, void> {
    const told = proof[node.index] as ProofNode;
    const { domain: now } = node;
    const isRoot = node.index === 0;
    const seconds = effort.left();
    let { prices, bound } = node;
    let isInBlocks = false;
    /** Whether rows are given up once blocks have begun. */
    let isForBlocks = false;
    let last: { relaxed: Relaxed; share: Float64Array } | null = null;
    for (let pass = 0; ; pass++) {
      if (!tighten(core, now)) return;
      const relaxed = relaxation(task, now);
      if (isRoot && pass === 0) {
        prices = given.prices ?? firstPrices(relaxed);
        isInBlocks = usesBlocks(relaxed);
        // Without weights to choose by, rows say as much as blocks do in many a town, and are divided sooner.
        isForBlocks = isInBlocks && (stage.weights !== null || isVast(relaxed));
        const level = isVast(relaxed) ? null : levelOf(relaxed, false);
        if (level !== null && level.bound > relaxed.evaluate(prices).bound) ({ prices } = level);
      }
      const rounds = isRoot && pass === 0 ? effort.rootRounds : effort.nodeRounds;
      let tries = 1;
      const climbed = yield* climb(relaxed, {
        rounds,
        start: prices,
        aim: aim(),
        sizes,
        goal: goal(),
        sifts: isRoot && stage.weights !== null && relaxed.arcs.arc.length > MANY_ARCS,
        other: () => (isRoot && pass === 0 && isVast(relaxed) ? levelOf(relaxed, true) : null),
        onRound: (one, round) => {
          evaluated += relaxed.arcs.arc.length;
          // What costs least may keep all limits by itself; and the first bound often shows that what is known is best already.
          if (isRoot && pass === 0 && round === 0 && within === undefined) {
            const measured = search.measure(one.arcOf);
            if (measured !== null) consider({ arcOf: one.arcOf, value: measured });
          }
          // Of the choices that prices have made, whatever makes the best one better.
          if (isRoot && isLoose(relaxed) && !effort.stop())
            consider(search.blend({ from: (best as Found).arcOf, to: one.arcOf }));
          if (one.bound > goal()) return null;
          // With prices on agents choices are found that searches from here would not come near.
          const isEnough = isInBlocks && stage.weights !== null && best !== null && core.agents <= MANY_AGENTS;
          if (isRoot && pass === 0 && !isEnough) {
            begin(relaxed, one, { round, isForBlocks });
            if (one.bound > goal()) return null;
          }
          if (
            round === tries - 1 &&
            !isEnough &&
            (isRoot || round === 0) &&
            !isLoose(relaxed) &&
            search.tried() <
              (!isRoot ? SEARCH_SHARE : stage.weights === null ? Number.POSITIVE_INFINITY : 3) * evaluated
          ) {
            improve(one.arcOf, relaxed, { at: one, deep: false });
            tries = Math.ceil(tries * 1.6) + 1;
          }
          const isOver = isForBlocks && stage.weights === null && round >= FEW_ROUNDS;
          const isLate = isRoot && pass === 0 && round > 0 && seconds - effort.left() > seconds * CLIMB_SHARE;
          const isStopped = effort.stop() && (!isRoot || round > 0 || effort.isOver());
          return isFound() || isOver || isLate || isStopped ? null : aim();
        },
      });
      let at = climbed.best;
      // The nearer a choice is to the best, the more it says of prices.
      const isByLevel = isRoot && pass === 0 && isForBlocks && isLoose(relaxed);
      if (isByLevel && at.bound <= goal() && !isClose(at.bound)) {
        const before = value();
        anneal(relaxed, at, { rounds: ROUNDS, trials: SHORT_TRIALS });
        const level = value() < before ? levelOf(relaxed, true) : null;
        if (level !== null && level.bound > at.bound) at = level;
      }
      last = { relaxed: at, share: climbed.share };
      prices = at.prices;
      if (isRoot && pass === 0) {
        if (isInBlocks && best === null) improve(at.arcOf, relaxed, { at, deep: true });
        if (relaxed.arcs.arc.length <= FEW_ARCS) roots.push({ relaxed, at });
        faces.push(at);
      }
      effort.reserve(relaxed.arcs.arc.length);
      told.prices.push(proofPrices(at));
      const isMany = isRoot && pass === 0 && isWhole && stage.weights !== null && core.agents > MANY_AGENTS;
      if (isMany && at.bound <= goal() && !isClose(at.bound) && !effort.stop())
        steer(relaxed, { at, share: climbed.share, sizes, effort, value, best: () => best?.arcOf ?? null, consider });
      if (isRoot && pass === 0 && at.bound <= goal()) {
        const mayBound = !effort.stop() || (hinted?.picked ?? null) !== null;
        if (isInBlocks && mayBound && !isClose(at.bound)) {
          const least = isForBlocks ? Number.NEGATIVE_INFINITY : at.bound + (goal() - at.bound) * WORTH_BLOCKS;
          const others = isForBlocks || !Number.isFinite(effort.left()) ? 0 : effort.left() * OTHERS_SHARE;
          const { isLeft, ...own } = yield* deepen({
            task,
            domain: now,
            effort: {
              ...effort,
              stop: () => effort.stop() || effort.left() < others,
              left: () => effort.left() - others,
            },
            at,
            bound: Math.max(bound, at.bound),
            hinted: hinted?.picked ?? null,
            goal,
            value,
            best: () => best?.arcOf ?? null,
            consider,
            improve: () => improve(at.arcOf, relaxed, { at, deep: false }),
            // Without weights rows look as well, where blocks prove nothing.
            look: () => (isForBlocks ? look(relaxed, at) : undefined),
            start: () => improveBest({ ...waysAt(relaxed, at, false), sweeps: 1 }),
            polish: () => improveBest(waysAt(relaxed, at, true)),
            long: { nodes: LONG, look: lookLonger },
            least,
            proof: told,
          });
          if (!isLeft) deepened = own;
          isByBlocks = !isLeft && (isForBlocks || own.proven || isClose(own.bound));
          if (isByBlocks) return;
          told.prices.push(pricedAgents(core, own.picked.prices));
          bound = Math.max(bound, own.picked.bound);
        }
        if (!isClose(at.bound)) {
          look(relaxed, at);
          if (isWhole && relaxed.arcs.arc.length > FEW_ARCS && !effort.stop() && !isClose(at.bound))
            yield* divide(relaxed, at);
        }
      }
      if (at.bound > bound) bound = at.bound;
      if (bound > goal()) {
        closedBound = Math.min(closedBound, Math.max(bound, value()));
        return;
      }
      if (isFound()) return;
      if (effort.stop() || pass >= 2 || (isRoot && isClose(bound))) break;
      const before = liveCount(now);
      const taken = fix(task, now, { relaxed: at, limit: goal(), margin: MARGIN });
      const after = liveCount(now);
      if (taken === 0 || (pass > 0 && after > 0.8 * before)) break;
    }
    if (last === null) return;
    // Without time it is left as it is: parts would show no more.
    if (isRoot && effort.stop()) {
      open.push({ ...node, bound });
      return;
    }
    const branch = branchOn(task, now, last.share, last.relaxed);
    if (branch === null) {
      if (!tighten(core, now)) return;
      const { arcOf } = last.relaxed;
      const decided = search.measure(arcOf);
      if (decided !== null) consider({ arcOf, value: decided });
      const decisive = relaxation(task, now);
      // Within a tolerance that exceeds all there is, no choice reaches the goal by its value alone.
      const beyond = Math.max(value(), aim());
      const final = decisive.evaluate(decisivePrices(task, last.relaxed, beyond));
      effort.reserve(decisive.arcs.arc.length);
      told.prices.push(proofPrices(final));
      const excluding =
        decided === null && final.bound <= goal() ? excludingPrices(task, arcOf, beyond + stage.lattice) : null;
      if (excluding !== null) {
        told.prices.push(excluding);
        closedBound = Math.min(closedBound, value());
        return;
      }
      if (final.bound <= goal()) {
        decidedParts.push(now);
        // It exceeds a limit by no more than rounding may have made of it.
        if (decided === null) isUnshown = true;
      }
      closedBound = Math.min(closedBound, decided ?? final.bound);
      return;
    }
    // Plunge: go on with the likelier part, so that choices are found early and few domains are held.
    const [likelier, other] = divideNode(
      core,
      { ...node, domain: now },
      { branch, told: branch, proof, bound, prices },
    );
    next = likelier;
    open.push(other);
  }

  open.push({
    index: 0,
    domain: copyOf(domain),
    bound: Number.NEGATIVE_INFINITY,
    prices: noPrices(core, task.limits.length),
    depth: 0,
  });
  const lowest = (): number =>
    open.reduce(
      (least, { bound }) => Math.min(least, bound),
      Math.min(closedBound, next?.bound ?? Number.POSITIVE_INFINITY),
    );
  const shownByBlocks = (): number => (deepened as Deepened | null)?.bound ?? Number.NEGATIVE_INFINITY;
  while (
    !isFound() &&
    (next !== null || open.length > 0) &&
    nodes <= effort.nodes &&
    !(nodes > 0 && (effort.stop() || isClose(Math.max(lowest(), shownByBlocks())) || shownByBlocks() > goal()))
  ) {
    const node = next ?? takeFirst(open);
    if (node === undefined) break;
    next = null;
    if (node.bound > goal()) {
      closedBound = Math.min(closedBound, node.bound);
      continue;
    }
    nodes++;
    yield* visit(node);
    if (nodes === LONG) lookLonger();
    yield;
  }
  if (next !== null) open.push(next);
  open = open.filter((node) => node.bound <= goal());
  const rest = [...decidedParts, ...open.map((node) => node.domain)];
  const byRows = {
    proven: open.length === 0 && !isUnshown && !isFound(),
    bound: lowest(),
    nodes: 0,
    proof,
    picked: null,
    keep: null,
  };
  const last = deepened as Deepened | null;
  // What rows came upon may be what blocks have shown to be the best.
  const byBlocks = last !== null && last.bound > goal() ? { ...last, proven: true, keep: null } : last;
  const isByRows =
    byBlocks === null || (!isByBlocks && !byBlocks.proven && (byRows.proven || byRows.bound > byBlocks.bound));
  const { picked, keep, ...divided }: Omit<Deepened, "picked"> & { readonly picked: Picked | null } = isByRows
    ? byRows
    : byBlocks;
  return {
    rest,
    best,
    bound: divided.proven ? value() : Math.min(divided.bound, value()),
    proven: divided.proven,
    faces,
    picked,
    proof: divided.proof,
    keep,
    nodes: nodes + divided.nodes,
  };
}
