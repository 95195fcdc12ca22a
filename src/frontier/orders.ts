import { ProblemError } from "../base/errors.js";
import type { TierPolicy } from "../domain/policy.js";
import type { Problem } from "../domain/problem.js";

const EVENNESS = "evenness";

/** A policy's tiers as the frontier turns them round: what comes before both, what is traded, what comes after. */
export interface Trade {
  readonly against: string;
  readonly head: readonly TierPolicy[];
  readonly evenness: TierPolicy;
  readonly other: TierPolicy;
  readonly tail: readonly TierPolicy[];
}

const fault = (code: string, received: string, message: string): ProblemError =>
  new ProblemError([
    { code, path: "policy.tiers", subject: null, expected: "a tier of the policy", received, message, hint: null },
  ]);

/** @throws ProblemError `frontier.no-evenness`, `frontier.nothing-to-trade`, `frontier.unknown-tier`. */
export const tradeOf = ({ policy: { tiers } }: Problem, asked: string | undefined): Trade => {
  const at = tiers.findIndex(({ tier }) => tier === EVENNESS);
  const evenness = tiers[at];
  if (evenness === undefined)
    throw fault("frontier.no-evenness", "none", "The policy has no tier evenness, so there is nothing to trade.");
  const against = asked ?? tiers[at + 1]?.tier;
  if (against === undefined)
    throw fault("frontier.nothing-to-trade", "none", "Evenness is the policy's last tier: nothing comes after it.");
  const other = tiers.find(({ tier }) => tier === against);
  if (other === undefined || against === EVENNESS)
    throw fault(
      "frontier.unknown-tier",
      against,
      `Evenness can't be traded against ${against}: it is no other tier of the policy.`,
    );
  return {
    against,
    head: tiers.slice(0, at).filter(({ tier }) => tier !== against),
    evenness,
    other,
    tail: tiers.slice(at + 1).filter(({ tier }) => tier !== against),
  };
};

/** Evenness first, then what it is traded against. */
export const evenFirst = ({ head, evenness, other, tail }: Trade): readonly TierPolicy[] => [
  ...head,
  { ...evenness, tolerance: 0 },
  other,
  ...tail,
];

/** The other aim first, held to within `tolerance`, then as even as that leaves. */
export const otherFirst = ({ head, evenness, other, tail }: Trade, tolerance: number): readonly TierPolicy[] => [
  ...head,
  { ...other, tolerance },
  { ...evenness, tolerance: 0 },
  ...tail,
];
