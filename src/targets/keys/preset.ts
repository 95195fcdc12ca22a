import type { LegalBasis, Localised } from "../../base/words.js";
import { type KeyArea, type KeyInput, keyOf } from "./key.js";
import { type KeyTargets, keyTargets } from "./key-targets.js";

/** A country's key as dated data: what the law says, since when, and what is still open. */
export interface KeyPreset {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly title: Localised;
  /** Since when the rule has held in this form; null where that was not established. */
  readonly validFrom: string | null;
  readonly basis: readonly LegalBasis[];
  /** What a field of an area must hold. */
  readonly fields: Readonly<Record<string, string>>;
  /** What was not found, or is a choice of ours. */
  readonly openPoints: readonly string[];
  /** One key per tier, the coarsest first. */
  readonly tiers: readonly KeyInput[];
}

/** An area of a tier, with the areas of the next tier inside it. */
export interface TierArea extends KeyArea {
  readonly areas?: readonly TierArea[];
}

export interface TierTargets extends KeyTargets {
  /** The next tier's figures, under the id of the area they lie in. */
  readonly inside: Readonly<Record<string, TierTargets>>;
}

/**
 * Divide a total by a preset, tier after tier: what an area gets is divided among the areas inside it by the next key.
 *
 * Edge: areas without areas inside end the way down. Shape: every tier adds up to what the tier above gave it.
 */
export const presetTargets = (
  preset: Pick<KeyPreset, "tiers">,
  areas: readonly TierArea[],
  total: number,
): TierTargets => {
  const [first, ...rest] = preset.tiers;
  const result = keyTargets(keyOf(first ?? { mix: [] }), areas, total);
  const inside = areas.flatMap((area, i) => {
    const below = area.areas ?? [];
    if (rest.length === 0 || below.length === 0) return [];
    return [[area.id, presetTargets({ tiers: rest }, below, result.areas[i]?.target ?? 0)] as const];
  });
  return { ...result, inside: Object.fromEntries(inside) };
};
