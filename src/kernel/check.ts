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
 * check/tree.ts walks the tree, check/stage.ts checks one objective, check/tiers.ts goes through them; this file compares with what was told.
 * A tier whose weights are decimals and whose terms are whole (`unitOf` in check/objective.ts) is proven exactly; others to 2^-25 of what their
 * value is made of, signs aside, or what 44 bits make of so many rows and agents. Terms of leximax tiers are equal within 2^-40 of them.
 * Each step takes time in proportion to arcs times the rows they touch; with blocks, also to their arcs times the values of their rows.
 */
import type { Certificate } from "./certificate.js";
import { blocksOf } from "./check/blocks.js";
import { copyOf, wholeDomain } from "./check/domain.js";
import { nothingToMinimise, sumObjective } from "./check/objective.js";
import { isCertificate, isResult } from "./check/shape.js";
import { checkStage, isShownEmpty, keepsLimits, type Run } from "./check/stage.js";
import { type CheckedTier, checkLeximax, checkSum, isSameVector } from "./check/tiers.js";
import { tighten, workshopOf } from "./check/tighten.js";
import { faultsOf, tooLarge, townOf } from "./check/town.js";
import type { KernelModel, KernelResult } from "./model.js";

export interface CertificateCheck {
  readonly ok: boolean;
  /** What does not hold, in words. */
  readonly problems: readonly string[];
  /** Per tier the value and the bound as recomputed here. */
  readonly tiers: readonly { readonly name: string; readonly value: number; readonly bound: number }[];
}

/** Values and bounds as told, against those computed here. */
const compareTold = ({ model, result, problems }: Run, tiers: readonly CheckedTier[]): void => {
  if (result.tiers.length > tiers.length) problems.push("more tiers are told of than there are");
  tiers.forEach(({ name, value, bound, tolerance, rounding, vector }, index) => {
    const told = result.tiers[index];
    if (told?.name !== name) {
      problems.push(`${name} is missing`);
      return;
    }
    const sign = model.tiers[index]?.sense === "min" ? 1 : -1;
    const isSame = vector === null ? told.vector === undefined : isSameVector(told.vector ?? [], vector);
    if (!isSame) problems.push(`${name} has another vector`);
    // Each as what must hold, so that it fails for what is no number.
    if (!(Math.abs(told.value - value) <= rounding.value))
      problems.push(`${name} has the value ${value}, not ${told.value}`);
    else if (!(sign * told.bound <= sign * bound + rounding.bound))
      problems.push(`${name}: the prices prove ${bound}, not ${told.bound}`);
    else if (told.optimal && !(Math.abs(told.bound - told.value) <= tolerance + rounding.value))
      problems.push(`${name} is called optimal with a gap`);
  });
};

/** Tolerances that are none, or not those that were asked for. */
const tolerancesOf = ({ tolerances }: Certificate, model: KernelModel, asked: CheckOptions): readonly string[] => {
  const areNumbers =
    tolerances.length === model.tiers.length && tolerances.every((one) => one >= 0 && Number.isFinite(one));
  if (!areNumbers) return ["a tolerance is not a number, or one is missing"];
  const { tolerance: own } = asked;
  if (own === undefined) return [];
  return model.tiers.flatMap((tier, index) => {
    const wanted = (Object.hasOwn(own, tier.name) ? own[tier.name] : undefined) ?? tier.tolerance ?? 0;
    const told = tolerances[index] ?? 0;
    return told === wanted ? [] : [`${tier.name} has the tolerance ${told}, not ${wanted}`];
  });
};

export interface CheckOptions {
  /** As the run was given it, by the names of tiers; where it is not given, the certificate is taken at its word. */
  readonly tolerance?: Readonly<Record<string, number>>;
}

/** Rows that carry a term and take more whole values than this cannot be tabulated. */
const WIDEST_TABLE = 2 ** 22;

const tooWide = ({ model, whole }: Run): readonly string[] =>
  model.tiers
    .flatMap(({ convex = [], leximax = [] }) => [...convex, ...leximax])
    .filter(({ row }) => (whole.high[row] as number) - (whole.low[row] as number) >= WIDEST_TABLE)
    .map(({ row }) => `row ${model.rows[row]?.name} takes too many values`);

/** One stage shows that nothing is possible: that of no objective, or of any tier of sums. Without a choice no tier limits another. */
const checkInfeasible = (run: Run): void => {
  const { model, certificate, work, domain, problems } = run;
  const [stage] = certificate.stages;
  const tier = model.tiers[stage?.tier ?? -1];
  const isKnown = stage?.tier === -1 || (tier !== undefined && tier.leximax === undefined);
  // Where rows alone leave nothing they may still be wide: their costs are not looked at.
  const objective = tier === undefined || !run.possible ? nothingToMinimise : sumObjective(work.town, domain, tier);
  if (stage === undefined || !isKnown || !isShownEmpty(run, stage, objective))
    problems.push("it is not shown that nothing is feasible");
};

/** A choice and what is told of it, tier by tier. */
const checkChoice = (run: Run): readonly CheckedTier[] => {
  const { model, result, problems } = run;
  if (!run.possible) problems.push("nothing is feasible");
  for (const fault of faultsOf(run.work.town, result.arcOf)) problems.push(fault);
  if (problems.length > 0) return [];
  if (model.tiers[0] === undefined || model.tiers[0].leximax !== undefined)
    checkStage(run, { objective: nothingToMinimise, tier: -1, tolerance: 0, unit: 1 });
  const tiers = model.tiers.map((tier, index) =>
    (tier.leximax === undefined ? checkSum : checkLeximax)(run, tier, index),
  );
  if (!keepsLimits(run, result.arcOf)) problems.push("an earlier limit is exceeded");
  compareTold(run, tiers);
  if (result.status === "optimal" && result.tiers.some(({ optimal }) => !optimal))
    problems.push("not every tier is optimal");
  return tiers;
};

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
  const refused = (problem: string): CertificateCheck => ({ ok: false, problems: [problem], tiers: [] });
  const certificate = result.certificate as Certificate | null;
  if (certificate?.format !== "evenstead-kernel-certificate/1") return refused("there is no certificate");
  if (!isCertificate(certificate)) return refused("the certificate is malformed");
  if (!isResult(result)) return refused("the result is malformed");
  const work = workshopOf(townOf(model, certificate));
  // Certificates from before there were blocks have none.
  const blocks = blocksOf(work.town, certificate.blocks ?? []);
  const problems = [...tolerancesOf(certificate, model, options), ...tooLarge(work.town)];
  if (blocks === null)
    problems.push("the blocks are not blocks: rows of the model that share no place, without shares below 0");
  const domain = wholeDomain(work.town);
  const possible = tighten(work, domain);
  const whole = copyOf(domain);
  const run: Run = { model, result, certificate, work, blocks, problems, possible, whole, domain, limits: [], next: 0 };
  if (possible) problems.push(...tooWide(run));
  const { status, arcOf } = result;
  const isEmpty = result.tiers.length === 0 && arcOf.length === model.agents && arcOf.every((arc) => arc === -1);
  let tiers: readonly CheckedTier[] = [];
  if (status === "infeasible") {
    if (problems.length === 0) checkInfeasible(run);
    if (!isEmpty) problems.push("a choice is told of where there is none");
  }
  // Where time was over there may be no choice in hand; then nothing is claimed about one.
  else if (!(isEmpty && (status === "time-limit" || status === "aborted"))) tiers = checkChoice(run);
  return {
    ok: problems.length === 0,
    problems,
    tiers: tiers.map(({ name, value, bound }) => ({ name, value, bound })),
  };
};
