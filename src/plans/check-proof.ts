import type { CompiledTier } from "../compile/compile.js";
import { type CertificateCheck, checkCertificate } from "../kernel/check.js";
import { measureTiers } from "../solvers/measure.js";
import { questionOf } from "./question.js";
import { arcsOfPlan } from "./sketch.js";

/** What a plan's own proof shows. */
export interface ProofCheck {
  /** Every bound that the plan tells, and every "proven best", follows from its prices. */
  readonly ok: boolean;
  /** What does not, in words. */
  readonly problems: readonly string[];
  /** Per tier the value and the bound as shown, in the tier's unit. */
  readonly tiers: readonly { readonly name: string; readonly value: number; readonly bound: number }[];
}

/** Proofs are written by the kernel alone. */
const PROVER = "kernel";

const inUnit = ({ constant, divisor }: CompiledTier, kernelValue: number): number => (kernelValue + constant) / divisor;

/**
 * Check that no plan can beat the bounds which a plan tells: its prices are held against the problem's model by the kernel's own checker,
 * which shares nothing with what made them. What `verify` checks (rules, values, spread) it takes for granted; ask both.
 *
 * Edge: a plan made by another solver, or one kept close to an earlier plan, carries no proof of its own; then `ok` is false.
 * @throws {ProblemError} where problem or plan have faults, or do not belong together.
 */
export const checkProof = (problem: unknown, plan: unknown): ProofCheck => {
  const question = questionOf(problem, plan);
  const { certificate, outcome, tiers: told } = question.plan;
  const none = (why: string): ProofCheck => ({ ok: false, problems: [why], tiers: [] });
  if (certificate.solver !== PROVER) return none(`the plan carries no proof: it was made by ${certificate.solver}`);
  const { model, tiers } = question.model();
  const arcOf = arcsOfPlan(question);
  const claimed = measureTiers(model, arcOf).flatMap((measured, i) => {
    const [tier, one] = [tiers[i], told[i]];
    if (tier === undefined || one === undefined) return [];
    return [{ ...measured, bound: one.bound * tier.divisor - tier.constant, optimal: one.optimal }];
  });
  const result = { status: outcome.status, arcOf, tiers: claimed, certificate: certificate.kernel, seconds: 0 };
  // The model has the tolerances that the plan was asked for with.
  const check: CertificateCheck = checkCertificate(model, result, { tolerance: {} });
  return {
    ok: check.ok,
    problems: check.problems,
    tiers: check.tiers.flatMap(({ name, value, bound }, i) => {
      const tier = tiers[i];
      return tier === undefined ? [] : [{ name, value: inUnit(tier, value), bound: inUnit(tier, bound) }];
    }),
  };
};
