// Typed arrays are read with `as number` here: every index comes from the town.
import type { Town } from "./town.js";

/** What is still possible: arcs that may be taken, agents that must take one, places that must be full, row values in whole grids. */
export interface Domain {
  readonly live: Uint8Array;
  readonly must: Uint8Array;
  readonly full: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Per row the values that it can take, where not all from low to high; else null. */
  readonly reach: (Int32Array | null)[];
}

export const copyOf = ({ live, must, full, low, high, reach }: Domain): Domain => ({
  live: live.slice(),
  must: must.slice(),
  full: full.slice(),
  low: low.slice(),
  high: high.slice(),
  reach: reach.slice(),
});

export const wholeDomain = ({ model, rows, placeOf, min, max }: Town): Domain => ({
  live: new Uint8Array(placeOf.length).map((_, arc) => (model.places[placeOf[arc] as number] === 0 ? 0 : 1)),
  must: new Uint8Array(model.agents),
  full: new Uint8Array(model.places.length),
  low: min.slice(),
  high: max.slice(),
  reach: Array.from({ length: rows }, () => null),
});

/** What is possible in one of two domains; `into` becomes it. */
export const join = (into: Domain, { live, must, full, low, high }: Domain): void => {
  for (let i = 0; i < live.length; i++) if (live[i] === 1) into.live[i] = 1;
  for (let i = 0; i < must.length; i++) if (must[i] === 0) into.must[i] = 0;
  for (let i = 0; i < full.length; i++) if (full[i] === 0) into.full[i] = 0;
  for (let i = 0; i < low.length; i++) {
    into.low[i] = Math.min(into.low[i] as number, low[i] as number);
    into.high[i] = Math.max(into.high[i] as number, high[i] as number);
  }
  into.reach.fill(null);
};
