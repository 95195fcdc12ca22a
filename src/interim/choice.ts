import type { IntegerForm, Stage } from "./integer-form.js";
import type { Kept, Region, Task } from "./relaxation.js";

/** A choice with the sums that its worth is made of. */
export interface Choice {
  readonly arcOf: Int32Array;
  readonly y: Float64Array;
  readonly load: Int32Array;
}

/** How far a choice is from allowed (rows out of bounds, kept stages exceeded), then what it costs. */
export interface Worth {
  readonly broken: number;
  readonly value: number;
}

export const choiceOf = (form: IntegerForm, arcOf: ArrayLike<number>): Choice => {
  const y = new Float64Array(form.rows.length);
  const load = new Int32Array(form.places);
  for (let agent = 0; agent < form.agents; agent++) {
    const arc = arcOf[agent] as number;
    if (arc < 0) continue;
    const place = form.placeOf[arc] as number;
    load[place] = (load[place] as number) + 1;
    for (let e = form.firstEntry[arc] as number; e < (form.firstEntry[arc + 1] as number); e++) {
      const row = form.entryRow[e] as number;
      y[row] = (y[row] as number) + (form.entryCoefficient[e] as number);
    }
  }
  return { arcOf: Int32Array.from(arcOf), y, load };
};

/** A table read outside its row's reach costs as much as at the nearer end: `broken` says the rest. */
const tableAt = (form: IntegerForm, row: number, at: Float64Array, y: number): number => {
  const low = form.rows[row]?.low ?? 0;
  return at[Math.min(at.length - 1, Math.max(0, y - low))] ?? 0;
};

/** The value of a stage for a choice, whole. */
export const stageValue = (form: IntegerForm, stage: Stage, { arcOf, y }: Pick<Choice, "arcOf" | "y">): number => {
  let value = 0;
  for (const arc of arcOf) if (arc >= 0) value += stage.weights[arc] as number;
  for (const { row, at } of stage.tables) value += tableAt(form, row, at, y[row] as number);
  return value;
};

const keptExcess = (form: IntegerForm, kept: readonly Kept[], choice: Pick<Choice, "arcOf" | "y">): number => {
  let excess = 0;
  for (const { stage, most } of kept) {
    const over = stageValue(form, stage, choice) - most;
    // Kept stages come in any scale: what is exceeded is told relative to what may be spent.
    if (over > 0) excess += 1 + over / (1 + Math.abs(most));
  }
  return excess;
};

/** How far from allowed, and how dear. */
export const worthOf = (
  { form, stage, kept }: Task,
  low: Float64Array,
  high: Float64Array,
  choice: Pick<Choice, "arcOf" | "y">,
): Worth => {
  let broken = 0;
  for (let row = 0; row < form.rows.length; row++) {
    const value = choice.y[row] as number;
    broken += Math.max(0, (low[row] as number) - value, value - (high[row] as number));
  }
  return { broken: broken + keptExcess(form, kept, choice), value: stageValue(form, stage, choice) };
};

export const isBetter = (a: Worth, b: Worth): boolean =>
  a.broken < b.broken || (a.broken === b.broken && a.value < b.value);

/** Where a region's rows stand: the whole space has the form's own bounds. */
export const wholeRegion = (form: IntegerForm): Region => ({
  low: Float64Array.from(form.rows, ({ low }) => low),
  high: Float64Array.from(form.rows, ({ high }) => high),
  closed: new Uint8Array(form.arcs),
  mustTake: new Uint8Array(form.agents),
});
