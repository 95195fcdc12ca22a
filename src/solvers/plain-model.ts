import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { ConvexTerm, KernelModel, KernelTier } from "../kernel/model.js";
import type { PlainModel, PlainRow, PlainVariable } from "./plain.js";
import { type RowForm, rowForm } from "./row-form.js";
import { tooLarge } from "./too-large.js";

/** More rows than this for one quadratic term are not written out. */
const MOST_CHORDS = 20_000;
/** Values of a tier are told apart by whole numbers where one of these makes them whole. */
const WHOLE_BY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 25, 36, 49, 50, 64, 81, 100, 144, 1e3, 1e4, 1e5, 1e6];
const LARGEST_COEFFICIENT = 1e6;

/** A linear form over the variables of a draft. */
export interface Expression {
  readonly terms: readonly (readonly [number, number])[];
  /** What makes every value that a choice can give it whole, or null where nothing was found. */
  readonly wholeBy: number | null;
}

/** A plain model that grows tier by tier. Variable a is arc a. */
export interface Draft {
  readonly model: KernelModel;
  readonly forms: readonly RowForm[];
  readonly vars: PlainVariable[];
  readonly cons: PlainRow[];
  /** Variable of a row's value, in the row's whole numbers. */
  readonly rowVariable: Map<number, number>;
}

/** A new variable; its index. */
export const addVariable = (draft: Draft, variable: Omit<PlainVariable, "id" | "obj">): number => {
  draft.vars.push({ id: `v${draft.vars.length}`, obj: 0, ...variable });
  return draft.vars.length - 1;
};

/** A new row. */
export const addRow = (
  draft: Draft,
  t: PlainRow["t"],
  { lo = Number.NEGATIVE_INFINITY, hi = Number.POSITIVE_INFINITY },
) => {
  draft.cons.push({ id: `r${draft.cons.length}`, lo, hi, t });
};

const addCounts = (draft: Draft, owner: ArrayLike<number>, most: (index: number) => number): void => {
  const arcsOf = new Map<number, number[]>();
  for (let arc = 0; arc < owner.length; arc++) {
    const index = owner[arc] ?? -1;
    arcsOf.set(index, [...(arcsOf.get(index) ?? []), arc]);
  }
  for (const [index, arcs] of arcsOf) {
    const units = most(index);
    if (arcs.length > units || units < 1)
      addRow(
        draft,
        arcs.map((arc) => [arc, 1] as const),
        { hi: units },
      );
  }
};

/** Binaries per arc, a row per agent and per place that binds, and the model's rows where the agents alone do not keep them. */
export const draftOf = (model: KernelModel): Draft => {
  const forms = model.rows.map((row, r) => rowForm(model, row, r));
  const draft: Draft = { model, forms, vars: [], cons: [], rowVariable: new Map() };
  for (let arc = 0; arc < model.arcs.agent.length; arc++) addVariable(draft, { type: "B" });
  addCounts(draft, model.arcs.agent, () => 1);
  addCounts(draft, model.arcs.place, (place) => model.places[place] ?? 0);
  for (const { terms, least, most, min, max } of forms)
    if (min > least || max < most)
      addRow(draft, terms, {
        lo: min > least ? min : Number.NEGATIVE_INFINITY,
        hi: max < most ? max : Number.POSITIVE_INFINITY,
      });
  return draft;
};

/** A draft to try something on. */
export const copyOf = ({ model, forms, vars, cons, rowVariable }: Draft): Draft => ({
  model,
  forms,
  vars: [...vars],
  cons: [...cons],
  rowVariable: new Map(rowVariable),
});

/** A row of the model in whole numbers. */
export const formOf = (draft: Draft, row: number): RowForm => {
  const form = draft.forms[row];
  if (form === undefined) throw new RangeError(`row ${row} is not in the model`);
  return form;
};

/** The least and the most that a row's value can be, in its whole numbers, by agents and bounds. */
export const rangeOf = ({ least, most, min, max }: RowForm): readonly [number, number] => [
  Math.max(least, min),
  Math.min(most, max),
];

/** The variable of a row's value, in the row's whole numbers, with the row that defines it. */
export const valueVariable = (draft: Draft, row: number): number => {
  const known = draft.rowVariable.get(row);
  if (known !== undefined) return known;
  const { terms, least, most } = formOf(draft, row);
  const y = addVariable(draft, { type: "C", lo: least, hi: most });
  addRow(draft, [[y, -1], ...terms], { lo: 0, hi: 0 });
  draft.rowVariable.set(row, y);
  return y;
};

/** |y - target| in the row's whole numbers: at least both differences, and minimised. */
const absoluteVariable = (draft: Draft, row: number, target: number): number => {
  const y = valueVariable(draft, row);
  const { least, most } = formOf(draft, row);
  const apart = addVariable(draft, {
    type: "C",
    lo: 0,
    hi: Math.max(Math.abs(least - target), Math.abs(most - target)),
  });
  addRow(
    draft,
    [
      [y, 1],
      [apart, -1],
    ],
    { hi: target },
  );
  addRow(
    draft,
    [
      [y, 1],
      [apart, 1],
    ],
    { lo: target },
  );
  return apart;
};

/**
 * (y - target)^2 in the row's whole numbers: above the chord between each two neighbouring whole numbers. The upper envelope of these
 * chords is the square itself at every whole number, and y takes no other value.
 */
const quadraticVariable = (draft: Draft, row: number, target: number): number => {
  const y = valueVariable(draft, row);
  const [low, high] = rangeOf(formOf(draft, row));
  if (high - low > MOST_CHORDS) throw tooLarge("tiers", `at most ${MOST_CHORDS} steps of a row`, `${high - low} steps`);
  const at = (value: number): number => (value - target) ** 2;
  const square = addVariable(draft, { type: "C", lo: 0, hi: Math.max(at(low), at(high)) });
  if (high <= low) addRow(draft, [[square, 1]], { lo: high < low ? 0 : at(low) });
  for (let k = low; k < high; k++) {
    const slope = at(k + 1) - at(k);
    addRow(
      draft,
      [
        [square, 1],
        [y, -slope],
      ],
      { lo: at(k) - slope * k },
    );
  }
  return square;
};

/** Numbers whose whole multiples make up every value of the term. */
const grainOf = ({ form, target, scale }: ConvexTerm, rowScale: number): readonly number[] =>
  form === "absolute"
    ? [scale / rowScale, scale * target]
    : [scale / rowScale ** 2, (2 * scale * target) / rowScale, scale * target * target];

const wholeFactor = (grains: readonly number[]): number | null => {
  const isWhole = (value: number) => Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));
  return WHOLE_BY.find((factor) => grains.every((grain) => isWhole(grain * factor))) ?? null;
};

/** The value of a tier of weights and convex terms, with the variables that it needs. */
export const tierExpression = (draft: Draft, tier: KernelTier): Expression => {
  const { weights, convex = [] } = tier;
  const grains: number[] = [];
  const terms: (readonly [number, number])[] = [];
  if (weights !== undefined)
    for (let arc = 0; arc < weights.length; arc++) {
      const weight = weights[arc] ?? 0;
      if (weight === 0) continue;
      terms.push([arc, weight]);
      grains.push(weight);
    }
  for (const term of convex) {
    const { scale: rowScale } = formOf(draft, term.row);
    const target = term.target * rowScale;
    if (term.scale === 0) continue;
    grains.push(...grainOf(term, rowScale));
    terms.push(
      term.form === "absolute"
        ? [absoluteVariable(draft, term.row, target), term.scale / rowScale]
        : [quadraticVariable(draft, term.row, target), term.scale / rowScale ** 2],
    );
  }
  return { terms, wholeBy: wholeFactor(grains) };
};

/** A factor, or where it is too large a power of two: it rounds no coefficient, and rounded ones have led HiGHS to cut off the best choice. */
const atMost = (factor: number, most: number): number =>
  factor <= most ? factor : 2 ** Math.floor(Math.log2(Math.max(1, most)));

/** What an expression is multiplied by before a solver sees it: up to whole numbers, never above the engines' arithmetic. */
export const factorOf = ({ terms, wholeBy }: Expression): number => {
  const largest = terms.reduce((most, [, a]) => Math.max(most, Math.abs(a)), 0);
  return atMost(wholeBy ?? 1, largest === 0 ? 1 : LARGEST_COEFFICIENT / largest);
};

/** Keep an expression at its value, or worse by the tolerance: on the last whole number inside where it has whole numbers. */
export const keepExpression = (
  draft: Draft,
  { terms, wholeBy }: Expression,
  { sense, value, tolerance }: { readonly sense: "min" | "max"; readonly value: number; readonly tolerance: number },
): void => {
  const sign = sense === "min" ? 1 : -1;
  const most = sign * value + tolerance;
  // A quarter beyond the last whole value: rounding of the coefficients can neither cut it off nor let the next one in.
  const limit =
    wholeBy === null
      ? most + NUMERIC_SLACK * Math.max(1, Math.abs(value))
      : (Math.floor(most * wholeBy + NUMERIC_SLACK * Math.max(1, Math.abs(most * wholeBy))) + 0.25) / wholeBy;
  const own = factorOf({ terms, wholeBy });
  const factor = atMost(own, LARGEST_COEFFICIENT / Math.max(1, Math.abs(limit)));
  const whole = factor === wholeBy ? Math.floor(limit * factor) : limit * factor;
  addRow(
    draft,
    terms.map(([j, a]) => [j, sign * a * factor] as const),
    { hi: whole },
  );
};

/** The model of a draft with an objective, multiplied by its factor. */
export const plainModel = (draft: Draft, objective: Expression, sense: "min" | "max"): PlainModel => {
  const factor = factorOf(objective);
  const costs = new Map(objective.terms.map(([j, a]) => [j, a * factor]));
  return { sense, vars: draft.vars.map((variable, j) => ({ ...variable, obj: costs.get(j) ?? 0 })), cons: draft.cons };
};

/** No objective: any point will do. */
export const NOTHING: Expression = { terms: [], wholeBy: 1 };
