import type { Listing } from "../domain/district.js";
import type { Facts, Pair } from "./facts.js";

/** The listings that hold for a dwelling on the problem's date: its own and its district's. */
export const listingsAt = ({ dwelling }: Pick<Pair, "dwelling">, { problem, district }: Facts): readonly Listing[] =>
  [dwelling.listing, district(dwelling.district)?.listing ?? null].filter(
    (listing): listing is Listing =>
      listing !== null &&
      listing.validFrom <= problem.asOf &&
      (listing.validTo === null || problem.asOf <= listing.validTo),
  );

/**
 * Whether a pair is possible only where there is no alternative: a restricted area for anyone, and a forbidden area for
 * the Ukraine regime (særloven § 30a).
 */
export const isException = (pair: Pair, facts: Facts): boolean =>
  listingsAt(pair, facts).some(({ category }) => category === "restricted" || pair.household.regime === "ukraine");
