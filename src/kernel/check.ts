/*
 * Checks a result of the kernel from the model and the certificate alone; it shares nothing with the code that made them.
 *
 * What is proven, objective by objective: no choice that keeps the earlier objectives at their limits is better than the bound.
 * The argument is weak duality (Geoffrion 1974), in two forms. With agents left whole: for any prices p on rows, q >= 0 on limits, and v <= 0
 * on places, every choice costs at least
 *     sum over agents of min(0, cheapest arc at these prices) + sum of v * units
 *   + sum over rows of min over y of (cost of y + p * y) - sum of q * (limit - costs that the limit puts on rows).
 * With blocks left whole, that is, rows that share no place, each with the places it reaches (as the knapsacks of generalised assignment:
 * Fisher, Jaikumar and Van Wassenhove 1986): for any prices u on agents, u <= 0 for those who may stay out, every choice costs at least
 *     sum of u + sum over blocks of the cheapest choice of their places and of what their row then costs
 *   + sum over other rows and limits as above; a place that is in no block is one by itself.
 * So a wrong price can only weaken the bound. Whatever costs more than the gap between this sum and the claimed value is cut off, inside
 * blocks by sums from both ends (Posta, Ferland and Michelon 2012); where that is not enough the certificate divides the domain in two and
 * both parts are checked.
 *
 * In the order of reading: check/shape.ts tells a certificate from what is none,
 * check/town.ts puts the model into whole numbers, check/domain.ts holds what is still possible,
 * check/tighten.ts and check/sums.ts draw what follows from rows alone, check/objective.ts tabulates costs,
 * check/blocks.ts says what blocks may choose, check/block-sums.ts finds what that costs and cuts,
 * check/bound.ts computes the sums above and cuts, check/narrow.ts leaves out what is cut off for good,
 * check/tree.ts walks the tree; this file goes through the tiers and compares with what was told.
 * A tier whose weights are decimals and whose terms are whole (`unitOf` in check/objective.ts) is proven exactly; others up to what doubles round
 * and to 2^-25 of their value.
 * Each step takes time in proportion to arcs times the rows they touch; with blocks, also to their arcs times the values of their rows.
 */
import type { Certificate, CertifiedPrices, CertifiedStage } from "./certificate.js";
import { type Blocks, blocksOf } from "./check/blocks.js";
import { boundAndCut, type Limit, type Task } from "./check/bound.js";
import { copyOf, type Domain, wholeDomain } from "./check/domain.js";
import {
  countObjective,
  mostOf,
  nothingToMinimise,
  type Objective,
  objectiveValue,
  sizeOf,
  stepOf,
  sumObjective,
  unitOf,
} from "./check/objective.js";
import { isCertificate } from "./check/shape.js";
import { tighten, type Workshop, workshopOf } from "./check/tighten.js";
import { faultsOf, near, ROUNDING, tooLarge, townOf, valuesOf } from "./check/town.js";
import { boundOfTree } from "./check/tree.js";
import type { KernelModel, KernelResult, KernelTier } from "./model.js";

export interface CertificateCheck {
  readonly ok: boolean;
  /** What does not hold, in words. */
  readonly problems: readonly string[];
  /** Per tier the value and the bound as recomputed here. */
  readonly tiers: readonly { readonly name: string; readonly value: number; readonly bound: number }[];
}

interface Run {
  readonly model: KernelModel;
  readonly result: KernelResult;
  readonly certificate: Certificate;
  readonly work: Workshop;
  readonly blocks: Blocks | null;
  /** Whether there is a choice in hand, and whether the rows alone leave any. */
  readonly found: boolean;
  readonly possible: boolean;
  readonly problems: string[];
  /** All that the rows leave by themselves. */
  readonly whole: Domain;
  // What the stages so far leave.
  domain: Domain;
  limits: readonly Limit[];
  next: number;
  impossible: boolean;
}

interface StageGiven {
  readonly objective: Objective;
  readonly tier: number;
  readonly tolerance: number;
  /** What values are whole multiples of, without rounding; 0 where they are not. */
  readonly unit: number;
  readonly threshold?: number;
  /** Only that there is no choice of value 0 has to be shown. */
  readonly nonzero?: boolean;
}

/** The next stage of the certificate, where it is the one that is looked for. */
const nextStage = ({ certificate, next }: Run, { tier, threshold }: StageGiven): CertifiedStage | null => {
  const proof = certificate.stages[next];
  if (proof === undefined || proof.tier !== tier || (proof.threshold === undefined) !== (threshold === undefined))
    return null;
  return threshold === undefined || Math.abs((proof.threshold ?? 0) - threshold) <= near(threshold, 0) ? proof : null;
};

/** The choice that the next stage's value is measured on: the certificate's where later objectives left it, else the result's own. */
const choiceOf = ({ certificate, next, result }: Run): ArrayLike<number> =>
  certificate.stages[next]?.choice ?? result.arcOf;

/** Values of fractional tiers are taken for equal within this share of them. */
const EQUAL = 2 ** -25 * (1 + 1e-6);

/** A count is 0 or more by whole ones: a bound of so much shows that it is not 0. */
const NEXT_TO_NOTHING = 2 ** -17;

/** No more than doubles make necessary may be claimed as rounding: values in 44 bits, each row and agent rounded a few times. */
const mostPrecision = ({ model, work, whole }: Run, objective: Objective): number =>
  (64 * objective.tables.size + 16 * model.agents + 256) *
  Math.max(sizeOf(work.town, objective, whole) * 2 ** -41, 2 ** -44);

/** Without a choice in hand: shows that there is none where even the dearest choice is cheaper than the bound. */
const emptyStage = (run: Run, task: Task, proof: CertifiedStage): number => {
  const most = mostOf(run.work.town, task.objective, run.domain);
  const bound = boundOfTree(task, copyOf(run.domain), { nodes: proof.tree, keep: most });
  run.impossible = bound > most;
  return bound;
};

/** Check the next stage of the certificate and keep its objective at what was reached. Returns the bound; null where there is no such stage. */
const checkStage = (run: Run, given: StageGiven): number | null => {
  const { work, blocks, problems, result, found } = run;
  const { objective, tolerance, unit } = given;
  const { town } = work;
  const choice = choiceOf(run);
  const proof = nextStage(run, given);
  if (proof === null) return null;
  run.next++;
  if (!run.possible) {
    run.impossible = true;
    return Number.POSITIVE_INFINITY;
  }
  const task = { work, objective, limits: run.limits, blocks, problems };
  if (!found) return emptyStage(run, task, proof);
  const value = objectiveValue(town, objective, choice);
  // What the tier before said of rows may say something of arcs.
  if (!tighten(work, run.domain)) problems.push("a cut takes away the choice itself");
  const kept = run.limits.every(({ objective: earlier, most }) => {
    return objectiveValue(town, earlier, choice) <= most + near(most, 0);
  });
  if (choice !== result.arcOf && (!kept || faultsOf(town, choice).length > 0))
    problems.push("a choice of the certificate is not feasible");
  if (!(objectiveValue(town, objective, result.arcOf) <= value + tolerance + near(value, tolerance)))
    problems.push("a tolerance is exceeded");
  const precise = mostPrecision(run, objective);
  if (!(proof.precision >= 0 && proof.precision <= precise))
    problems.push("a precision is claimed that rounding does not explain");
  if (!(proof.equal >= 0 && proof.equal <= precise + Math.abs(value) * EQUAL))
    problems.push("values are taken for equal that are not");

  // Less than a whole unit changes nothing.
  if (unit > 0 && !(Math.max(proof.precision, proof.equal) < unit))
    problems.push("rounding is claimed where nothing is rounded");

  // Values on a grid: what is better is so by a whole step. Else rounding has to be left room.
  const step = stepOf(objective, run.domain);
  const slack = unit > 0 ? proof.precision : Math.max(proof.precision, near(value, 0) / 100);
  // A whole objective takes whole steps: halfway to the first that is too far.
  const steps = Math.floor(tolerance / step + ROUNDING) * step;
  const isWhole = proof.precision === 0 && step > slack && Number.isFinite(steps);
  const limit = isWhole ? value + steps + step / 2 : value + tolerance + slack / 8;
  const goal =
    given.nonzero === true
      ? step * NEXT_TO_NOTHING
      : value - (step > Math.max(slack, proof.equal) ? step * (127 / 128) : Math.max(slack, proof.equal));
  const cutAll = (all: readonly CertifiedPrices[]): void => {
    for (const prices of all)
      if (boundAndCut(task, run.domain, { prices, keep: limit }) > limit)
        problems.push("a cut takes away the choice itself");
  };
  cutAll(proof.cutsBefore);
  const possible = tighten(work, run.domain);
  if (proof.keep !== undefined && !Number.isFinite(proof.keep)) problems.push("a value kept to is not a number");
  // What is cut off costs more than the tree keeps to, and so does what it closes: all the rest is bounded.
  const keep = proof.keep !== undefined && proof.keep < goal ? proof.keep : goal;
  const reached = possible ? boundOfTree(task, copyOf(run.domain), { nodes: proof.tree, keep }) : value;
  const bound = keep < goal ? Math.min(reached, keep) : reached;
  cutAll(proof.cutsAfter);
  if (!possible || !tighten(work, run.domain)) problems.push("a cut takes away the choice itself");
  else if (proof.shrink !== undefined) {
    const union: { domain: Domain | null } = { domain: null };
    boundOfTree(task, copyOf(run.domain), { nodes: proof.shrink, keep: limit, union });
    if (union.domain === null) problems.push("a cut takes away the choice itself");
    else run.domain = union.domain;
    tighten(work, run.domain);
  }
  const most = step > slack ? value + steps : limit;
  run.limits = [...run.limits, { objective, most }];
  return bound > goal ? value : bound;
};

interface CheckedTier {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
}

const checkSum = (run: Run, tier: KernelTier, index: number): CheckedTier => {
  const { town } = run.work;
  const objective = sumObjective(town, run.domain, tier);
  const sign = tier.sense === "min" ? 1 : -1;
  const tolerance = run.certificate.tolerances[index] ?? 0;
  const unit = unitOf(town, tier, { ...objective, size: sizeOf(town, objective, run.whole) });
  const bound = checkStage(run, { objective, tier: index, tolerance, unit }) ?? Number.NEGATIVE_INFINITY;
  const value = objectiveValue(town, objective, run.result.arcOf);
  // What is whole is best or it is not: a part of a large value is no rounding there.
  const most = unit > 0 ? Math.floor(tolerance / unit + ROUNDING) * unit + unit / 2 : tolerance + near(value, bound);
  if (run.result.tiers[index]?.optimal === true && !(value - bound <= most))
    run.problems.push(`${tier.name} is called optimal; the prices prove ${sign * bound}`);
  return { name: tier.name, value: sign * value, bound: sign * bound };
};

/** Hold a count of terms at `most`: where it must be 0, so must each row's part. */
const holdCount = (run: Run, objective: Objective, most: number): void => {
  run.limits = [...run.limits, { objective, most }];
  if (most > 0) return;
  run.domain = copyOf(run.domain);
  const { low, high } = run.domain;
  for (const [row, { base, cost }] of objective.tables)
    while ((high[row] as number) > (low[row] as number) && (cost[(high[row] as number) - base] as number) > 0)
      high[row] = (high[row] as number) - 1;
};

/** Where no more rows can count than have to, each of them has to. */
const pinReaching = ({ low, high }: Domain, { tables }: Objective, count: number): void => {
  const reaching = [...tables].filter(([row, { base, cost }]) => (cost[(high[row] as number) - base] as number) > 0);
  // One row may carry several terms: then it counts several times.
  if (reaching.length !== count || reaching.some(([row, { base, cost }]) => cost[(high[row] as number) - base] !== 1))
    return;
  for (const [row, { base, cost }] of reaching)
    while ((low[row] as number) < (high[row] as number) && cost[(low[row] as number) - base] === 0)
      low[row] = (low[row] as number) + 1;
};

/** Per distinct value of the vector, largest first: no fewer terms reach it while none above grows more numerous. With a tolerance only the largest counts. */
const checkLeximax = (run: Run, tier: KernelTier, index: number): CheckedTier => {
  const { work, problems, result } = run;
  const { town } = work;
  const terms = tier.leximax ?? [];
  const tolerance = run.certificate.tolerances[index] ?? 0;
  const termsAt = (values: ArrayLike<number>): readonly number[] =>
    terms.map(({ row, offset, divisor }) => ((values[row] ?? 0) * (town.grid[row] ?? 0) + offset) / divisor);
  const vectorOf = (arcOf: ArrayLike<number>): readonly number[] =>
    [...termsAt(valuesOf(town, arcOf))].sort((a, b) => b - a);
  // Without terms the value is 0.
  let bound = terms.length === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (let stage = run.certificate.stages[run.next]; stage?.tier === index && stage.least === true; ) {
    const { threshold = 0 } = stage;
    const kept = { domain: copyOf(run.domain), limits: run.limits };
    const objective = countObjective(town, run.domain, { tier, threshold, above: false });
    const shown = checkStage(run, {
      objective,
      tier: index,
      tolerance: Number.POSITIVE_INFINITY,
      unit: 1,
      nonzero: true,
      threshold,
    });
    if (shown === null) break;
    if (shown >= 1) bound = Math.max(bound, threshold);
    Object.assign(run, kept);
    stage = run.certificate.stages[run.next];
  }
  const counted = vectorOf(choiceOf(run));
  const distinct = counted.filter((value, i) => i === 0 || value < (counted[i - 1] ?? 0) - near(value, value));
  let proven = 0;
  for (const [position, threshold] of distinct.entries()) {
    const kept = { domain: copyOf(run.domain), limits: run.limits };
    const choice = choiceOf(run);
    const above = countObjective(town, run.domain, { tier, threshold, above: true });
    holdCount(run, above, objectiveValue(town, above, choice));
    const objective = countObjective(town, run.domain, { tier, threshold, above: false });
    const spent = tolerance > 0 ? { tolerance: Number.POSITIVE_INFINITY, nonzero: true } : { tolerance: 0 };
    const least = checkStage(run, { objective, tier: index, unit: 1, ...spent, threshold });
    if (least === null) {
      Object.assign(run, kept);
      break;
    }
    const complete = least >= objectiveValue(town, objective, choice);
    if (complete) proven++;
    if (complete && position === 0) bound = threshold;
    if (tolerance > 0) {
      const wide = countObjective(town, kept.domain, { tier, threshold: threshold + tolerance, above: true });
      Object.assign(run, kept);
      holdCount(run, wide, 0);
    } else if (complete) pinReaching(run.domain, objective, objectiveValue(town, objective, choice));
    if (!complete || tolerance > 0) break;
  }
  const all = tolerance > 0 ? Math.min(1, distinct.length) : distinct.length;
  if (result.tiers[index]?.optimal === true && proven < all)
    problems.push(`${tier.name} is called optimal; ${proven} of its ${all} values are proven`);
  if (bound === Number.NEGATIVE_INFINITY)
    bound = termsAt(run.domain.low).reduce((most, one) => Math.max(most, one), bound);
  const vector = vectorOf(result.arcOf);
  const told = result.tiers[index]?.vector ?? [];
  const isSame =
    told.length === vector.length && told.every((value, i) => Math.abs(value - (vector[i] ?? 0)) <= near(value, 0));
  // Without a choice in hand nothing was told.
  if (run.found && !isSame) problems.push(`${tier.name} has another vector`);
  // What was proven is proven of the choice in the certificate, which has to be as good as that of the result.
  const isProven = tolerance > 0 || vector.every((value, i) => value <= (counted[i] ?? 0) + near(value, value));
  if (result.tiers[index]?.optimal === true && !isProven)
    problems.push(`${tier.name} is called optimal; the certificate proves it of another choice`);
  return { name: tier.name, value: vector[0] ?? 0, bound };
};

/** Values and bounds as told, against those computed here. */
const compareTold = ({ model, result, certificate, problems }: Run, tiers: readonly CheckedTier[]): void => {
  tiers.forEach(({ name, value, bound }, index) => {
    const told = result.tiers[index];
    const sign = model.tiers[index]?.sense === "min" ? 1 : -1;
    if (told === undefined || told.name !== name) problems.push(`${name} is missing`);
    // Each as what must hold, so that it fails for what is no number.
    else if (!(Math.abs(told.value - value) <= near(value, 0)))
      problems.push(`${name} has the value ${value}, not ${told.value}`);
    else if (!(sign * told.bound <= sign * bound + near(value, bound)))
      problems.push(`${name}: the prices prove ${bound}, not ${told.bound}`);
    else if (
      told.optimal &&
      !(Math.abs(told.bound - told.value) <= (certificate.tolerances[index] ?? 0) + near(value, bound))
    )
      problems.push(`${name} is called optimal with a gap`);
  });
};

/** Tolerances that are none, or not those that were asked for. */
const tolerancesOf = ({ tolerances }: Certificate, model: KernelModel, asked: CheckOptions): readonly string[] => {
  const areNumbers =
    tolerances.length === model.tiers.length && tolerances.every((one) => one >= 0 && Number.isFinite(one));
  if (!areNumbers) return ["a tolerance is not a number, or one is missing"];
  return model.tiers.flatMap((tier, index) => {
    const own = asked.tolerance?.[tier.name] ?? tier.tolerance ?? 0;
    const told = tolerances[index] ?? 0;
    return asked.tolerance !== undefined && told !== own ? [`${tier.name} has the tolerance ${told}, not ${own}`] : [];
  });
};

export interface CheckOptions {
  /** As the run was given it, by the names of tiers; where it is not given, the certificate is taken at its word. */
  readonly tolerance?: Readonly<Record<string, number>>;
}

/**
 * Check a result against its model. Shapes: as in `KernelModel` and `Certificate`; nothing is thrown for a wrong certificate, it is told in `problems`.
 * Edge: of an infeasible model it is shown that nothing is feasible; that the rows named in `infeasible` clash by themselves is not, nor that they are minimal:
 * each would take a proof of its own. What a tier may lose to later ones is read from the certificate, unless `options.tolerance` says what was asked for ({} for the model's own).
 */
export const checkCertificate = (
  model: KernelModel,
  result: KernelResult,
  options: CheckOptions = {},
): CertificateCheck => {
  const problems: string[] = [];
  const certificate = result.certificate as Certificate | null;
  if (certificate?.format !== "evenstead-kernel-certificate/1")
    return { ok: false, problems: ["there is no certificate"], tiers: [] };
  if (!isCertificate(certificate)) return { ok: false, problems: ["the certificate is malformed"], tiers: [] };
  const { arcOf, status } = result;
  const work = workshopOf(townOf(model, certificate));
  const infeasible = status === "infeasible";
  if (arcOf.length !== model.agents) problems.push("the choice has the wrong length");
  problems.push(...tolerancesOf(certificate, model, options));
  // Certificates from before there were blocks have none.
  const blocks = blocksOf(work.town, certificate.blocks ?? []);
  if (blocks === null)
    problems.push("the blocks are not blocks: rows of the model that share no place, without shares below 0");
  problems.push(...tooLarge(work.town));
  const broken = faultsOf(work.town, arcOf);
  // Without a proof there may be no choice in hand; then nothing is claimed about one.
  const isEmpty = result.tiers.length === 0 && arcOf.every((arc) => arc === -1) && status !== "optimal";
  if (!infeasible && !isEmpty) for (const fault of broken) problems.push(fault);
  const domain = wholeDomain(work.town);
  const possible = tighten(work, domain);
  const found = !infeasible && broken.length === 0;
  const run: Run = {
    model,
    result,
    certificate,
    work,
    blocks,
    found,
    possible,
    problems,
    whole: copyOf(domain),
    domain,
    limits: [],
    next: 0,
    impossible: false,
  };
  if (model.tiers[0] === undefined || model.tiers[0].leximax !== undefined)
    checkStage(run, { objective: nothingToMinimise, tier: -1, tolerance: 0, unit: 1 });
  const tiers: CheckedTier[] = [];
  model.tiers.forEach((tier, index) => {
    if (!run.impossible) tiers.push((tier.leximax === undefined ? checkSum : checkLeximax)(run, tier, index));
  });
  if (infeasible && !run.impossible) problems.push("it is not shown that nothing is feasible");
  if (found && run.impossible) problems.push("nothing is feasible");
  if (!infeasible && (found || !isEmpty)) compareTold(run, tiers);
  if (
    status === "optimal" &&
    (result.tiers.length !== model.tiers.length || result.tiers.some(({ optimal }) => !optimal))
  )
    problems.push("not every tier is optimal");
  return { ok: problems.length === 0, problems, tiers };
};
