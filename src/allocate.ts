import { districtLoads } from "./audit/loads.js";
import { ruleFindings, verifyPlan } from "./audit/verify.js";
import { secondsNow } from "./base/clock.js";
import { InternalError } from "./base/errors.js";
import { byText } from "./base/order.js";
import { NUMERIC_SLACK } from "./base/tolerances.js";
import { type Compiled, type CompiledTier, compile, type Ground } from "./compile/compile.js";
import { settleEquals } from "./compile/equals.js";
import { knownOf } from "./compile/known.js";
import { unplacedReasons } from "./compile/reasons.js";
import { firstTierWithTotal, policyTiersOf, totalsOf } from "./compile/tiers.js";
import { type Draw, PLAN_FORMAT, type Placement, type Plan, type TierValue } from "./domain/plan.js";
import type { EarlierResult, KernelModel, KernelOptions, KernelResult } from "./kernel/model.js";
import { inputHashOf } from "./problem/canonical.js";
import { parseProblem } from "./problem/parse-problem.js";
import { kernel } from "./solvers/kernel.js";
import type { Solver } from "./solvers/solver.js";
import { VERSION } from "./version.js";
import type { Facts } from "./view/facts.js";

/** What `allocate` tells while it works. */
export interface AllocateProgress {
  readonly tier: string;
  /** In the tier's unit; null before anything is known. */
  readonly value: number | null;
  readonly bound: number | null;
  readonly seconds: number;
}

export interface AllocateOptions {
  /** Wall-clock seconds; the best plan so far comes back with its bounds. Without it the run is reproducible to the byte. */
  readonly timeLimitSeconds?: number;
  /** Per tier name, in the tier's unit: replaces the policy's. */
  readonly tolerance?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AllocateProgress) => void;
  /** Default: the kernel. */
  readonly solver?: Solver;
  /** Replaces the seed of the policy's draw. */
  readonly seed?: string;
}

const placementsOf = ({ view, households }: Compiled, arcOf: Int32Array): readonly Placement[] =>
  households
    .flatMap(({ id }, agent): readonly Placement[] => {
      const candidate = view.candidates[arcOf[agent] ?? -1];
      return candidate === undefined ? [] : [{ household: id, dwelling: candidate.dwelling.id, status: "proposed" }];
    })
    .sort((a, b) => byText(a.household, b.household));

const inUnit = ({ constant, divisor }: CompiledTier, kernelValue: number): number => (kernelValue + constant) / divisor;

/** A tier as the plan tells it. The value is measured on the placements, so that it is the objective's own to the last digit. */
const tierValue = (tier: CompiledTier, result: KernelResult, told: ToldPlan): TierValue => {
  const found = result.tiers.find(({ name }) => name === tier.name);
  const measured = tier.objective.measure(tier.parameters, told.facts, told, told.totals[tier.name] ?? 0);
  const bound = found === undefined ? Number.NaN : inUnit(tier, found.bound);
  const proven = found?.optimal === true;
  const solved = found === undefined ? Number.NaN : inUnit(tier, found.value);
  if (!(Math.abs(solved - measured.value) <= NUMERIC_SLACK * Math.max(1, Math.abs(measured.value))))
    throw new InternalError(
      "tier.value",
      `${tier.name}: the solver says ${solved}, the placements give ${measured.value}`,
    );
  return {
    name: tier.name,
    value: measured.value,
    // A proven bound that differs from the value by rounding alone is the value.
    bound:
      proven && Math.abs(bound - measured.value) <= NUMERIC_SLACK * Math.max(1, Math.abs(bound))
        ? measured.value
        : bound,
    optimal: proven,
    tolerance: tier.tolerance,
    unit: tier.unit,
    sense: tier.sense,
    ...(measured.vector === undefined ? {} : { vector: measured.vector }),
  };
};

interface ToldPlan {
  readonly facts: Facts;
  readonly placements: readonly Placement[];
  readonly totals: Readonly<Record<string, number>>;
}

const clashOf = (result: KernelResult): readonly string[] => {
  const { certificate } = result;
  if (typeof certificate !== "object" || certificate === null || !("infeasible" in certificate)) return [];
  const { infeasible } = certificate;
  if (typeof infeasible !== "object" || infeasible === null || !("rows" in infeasible)) return [];
  return Array.isArray(infeasible.rows) ? infeasible.rows.map(String) : [];
};

interface Solved {
  readonly compiled: Compiled;
  readonly result: KernelResult;
  readonly totals: Readonly<Record<string, number>>;
}

interface SolveContext {
  readonly facts: Facts;
  readonly draw: Draw;
  readonly ground: Ground;
  /** The whole model, once the totals are known that its targets are made from. */
  readonly whole: (totals: Readonly<Record<string, number>>) => Compiled;
  readonly options: AllocateOptions;
  readonly solverName: string;
  /** An earlier plan's arcs, to stay close to where all tiers allow it. */
  readonly keep: Int32Array | null;
  readonly started: number;
}

/** A model to solve. Whoever runs the steps answers each with its result: at once, or after waiting for it. */
interface Task {
  readonly model: KernelModel;
  readonly limits: KernelOptions;
}

const limitsOf = (
  { options, started }: SolveContext,
  compiled: Compiled,
  earlier: EarlierResult | null,
): KernelOptions => {
  const { timeLimitSeconds, signal, onProgress } = options;
  const tierNamed = new Map(compiled.tiers.map((tier) => [tier.name, tier]));
  const told = (name: string, value: number | null): number | null => {
    const tier = tierNamed.get(name);
    return value === null || tier === undefined ? value : inUnit(tier, value);
  };
  return {
    ...(timeLimitSeconds === undefined
      ? {}
      : { timeLimitSeconds: Math.max(0.001, timeLimitSeconds - (secondsNow() - started)) }),
    ...(signal === undefined ? {} : { signal }),
    ...(earlier === null ? {} : { earlier, start: earlier.result.arcOf }),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: ({ tier, value, bound }) =>
            onProgress({ tier, value: told(tier, value), bound: told(tier, bound), seconds: secondsNow() - started }),
        }),
  };
};

/** The last word, where every tier of the policy is as good: as many as possible stay where an earlier plan has them. */
const keeping = (compiled: Compiled, keep: Int32Array | null): Compiled => {
  if (keep === null) return compiled;
  const weights = new Float64Array(compiled.model.arcs.agent.length);
  for (const arc of keep) if (arc >= 0) weights[arc] = 1;
  const tiers = [...compiled.model.tiers, { name: "keep", sense: "max" as const, weights }];
  return { ...compiled, model: { ...compiled.model, tiers } };
};

/** Solve in two steps where a tier's targets need the total that the tiers before it reach. */
function* solve(context: SolveContext): Generator<Task, Solved, KernelResult> {
  const { facts, ground, whole, options, keep } = context;
  const tiers = policyTiersOf(facts.problem.policy, options.tolerance ?? {});
  const split = firstTierWithTotal(tiers, facts);
  if (split === tiers.length) {
    const compiled = keeping(whole({}), keep);
    return { compiled, result: yield { model: compiled.model, limits: limitsOf(context, compiled, null) }, totals: {} };
  }
  const before = compile(ground, tiers.slice(0, split), {});
  const first = yield { model: before.model, limits: limitsOf(context, before, null) };
  if (first.status === "infeasible") return { compiled: before, result: first, totals: {} };
  const totals = totalsOf(tiers, facts, { placements: placementsOf(before, first.arcOf) });
  const compiled = keeping(whole(totals), keep);
  return {
    compiled,
    result: yield {
      model: compiled.model,
      limits: limitsOf(context, compiled, { model: before.model, result: first }),
    },
    totals,
  };
}

const optionsTold = ({ timeLimitSeconds, tolerance, seed }: AllocateOptions): Readonly<Record<string, unknown>> => ({
  ...(timeLimitSeconds === undefined ? {} : { timeLimitSeconds }),
  ...(tolerance === undefined ? {} : { tolerance }),
  ...(seed === undefined ? {} : { seed }),
});

/** Without a proof the solver may have had nothing feasible in hand when its limit came. */
const isFound = (facts: Facts, { status }: KernelResult, placements: readonly Placement[]): boolean => {
  if (status === "infeasible") return false;
  const unproven = status === "time-limit" || status === "aborted";
  return !unproven || ruleFindings(facts, { placements }).violations.length === 0;
};

const planOf = (context: SolveContext, { compiled, result, totals }: Solved): Plan => {
  const { facts, draw, options, solverName, started } = context;
  const { problem } = facts;
  const proposed = placementsOf(compiled, settleEquals(compiled, result.arcOf));
  const found = isFound(facts, result, proposed);
  const told = { facts, placements: found ? proposed : [], totals: found ? totals : {} };
  const placed = new Set(told.placements.map(({ household }) => household));
  return {
    format: PLAN_FORMAT,
    status: "proposed",
    outcome: { status: result.status, found, clash: clashOf(result) },
    placements: told.placements,
    unplaced: problem.households
      .filter(({ id }) => !placed.has(id))
      .map(({ id }) => ({ household: id, reasons: unplacedReasons(compiled.view, id) })),
    tiers: found ? compiled.tiers.map((tier) => tierValue(tier, result, told)) : [],
    districts: districtLoads(facts, told),
    draw,
    certificate: { solver: solverName, totals: told.totals, kernel: result.certificate },
    run: {
      inputHash: inputHashOf(problem),
      version: VERSION,
      options: optionsTold(options),
      seconds: secondsNow() - started,
    },
  };
};

/** A plan that does not pass its own audit never leaves. */
const audited = ({ facts }: SolveContext, plan: Plan): Plan => {
  const { ok, violations, contradictions } = verifyPlan(facts.problem, plan);
  if (ok) return plan;
  const findings = [
    ...violations.map(({ rule, code, subject }) => `${rule}/${code} ${subject}`),
    ...contradictions.map(({ message }) => message),
  ];
  throw new InternalError("plan.audit", `the plan does not pass its own audit: ${findings.slice(0, 5).join("; ")}`);
};

const contextOf = (problem: unknown, options: AllocateOptions, solverName: string): SolveContext => {
  const started = secondsNow();
  const known = knownOf(parseProblem(problem));
  const { facts } = known;
  const { draw: policyDraw } = facts.problem.policy;
  const draw: Draw = { ...policyDraw, seed: options.seed ?? policyDraw.seed };
  const tolerance = options.tolerance ?? {};
  return {
    facts,
    draw,
    ground: known.ground(draw),
    whole: (totals) => known.model({ draw, totals, tolerance }),
    options,
    solverName,
    keep: null,
    started,
  };
};

/**
 * Propose a dwelling for every household that can have one: the best plan by the policy's tiers in order, with what proves it.
 * Nothing is decided: every placement has the status `proposed`.
 *
 * Edge: a time limit or an abort gives the best plan so far, or says in `outcome` that none was found; an infeasible problem says what clashes.
 * @param problem JSON as in `problemJsonSchema()`, or what `parseProblem` returned; never changed.
 * @throws {ProblemError} where the problem has faults: all of them at once.
 * @throws {InternalError} where an independent check contradicts the solver.
 */
export const allocate = async (problem: unknown, options: AllocateOptions = {}): Promise<Plan> => {
  const solver = options.solver ?? kernel();
  const context = contextOf(problem, options, solver.name);
  const run = solve(context);
  let step = run.next();
  while (step.done !== true) step = run.next(await solver.solve(step.value.model, step.value.limits));
  return audited(context, planOf(context, step.value));
};

export interface AllocateSyncOptions extends Omit<AllocateOptions, "solver" | "signal" | "onProgress"> {
  readonly solverName: string;
  readonly solve: (model: KernelModel, limits: KernelOptions) => KernelResult;
  /** An earlier plan to stay close to where every tier is as good; it need not be feasible here. */
  readonly keep?: Pick<Plan, "placements">;
  /** Households that must have a home whatever it costs the others: for questions, never for proposals. */
  readonly mustHouse?: readonly string[];
}

/** The arcs of an earlier plan's placements that are still candidates. */
const arcsIn = ({ view, households }: Ground, { placements }: Pick<Plan, "placements">): Int32Array => {
  const home = new Map(placements.map(({ household, dwelling }) => [household, dwelling]));
  return Int32Array.from(
    households,
    ({ id }) => view.candidatesOf(id).find(({ dwelling }) => dwelling.id === home.get(id))?.index ?? -1,
  );
};

/**
 * As `allocate`, at one go, for questions about a plan that is there already: inner seam of what-if, explain, diagnose and recommend.
 *
 * @throws {ProblemError} where the problem has faults: all of them at once.
 * @throws {InternalError} where an independent check contradicts the solver.
 */
export const allocateSync = (problem: unknown, options: AllocateSyncOptions): Plan => {
  const asked = contextOf(problem, options, options.solverName);
  const { view, rows } = asked.ground;
  const housing = (options.mustHouse ?? []).map((household) => ({
    id: `household/${household}`,
    terms: view.candidatesOf(household).map(({ index }) => ({ candidate: index, coefficient: 1 })),
    min: 1,
  }));
  const ground = { ...asked.ground, rows: [...rows, ...housing] };
  const tiers = policyTiersOf(asked.facts.problem.policy, options.tolerance ?? {});
  const context: SolveContext = {
    ...asked,
    ...(housing.length === 0 ? {} : { ground, whole: (totals) => compile(ground, tiers, totals) }),
    keep: options.keep === undefined ? null : arcsIn(asked.ground, options.keep),
  };
  const run = solve(context);
  let step = run.next();
  while (step.done !== true) step = run.next(options.solve(step.value.model, step.value.limits));
  return audited(context, planOf(context, step.value));
};
