import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import { amountOf, type Measure } from "../domain/measure.js";
import type { Area, Facts } from "./facts.js";

/** A household and a dwelling that every per-pair rule allows. */
export interface Candidate {
  /** Its arc in the model. */
  readonly index: number;
  readonly household: Household;
  readonly dwelling: Dwelling;
}

/** What a rule or objective sees when it compiles: the facts, and the candidates in canonical order. */
export interface View extends Facts {
  readonly candidates: readonly Candidate[];
  readonly candidatesOf: (household: string) => readonly Candidate[];
  readonly candidatesIn: (dwelling: string) => readonly Candidate[];
}

/** A linear form over candidates, y = sum of coefficient * x, with bounds. Rows of one id are one row. */
export interface RowSpec {
  readonly id: string;
  readonly terms: readonly { readonly candidate: number; readonly coefficient: number }[];
  readonly min?: number;
  readonly max?: number;
}

/** What an area receives by the plan, in a measure, as a row without bounds; id `load/<level>/<area>/<measure>` or as given. */
export const loadTerms = (view: View, area: Area, measure: Measure): RowSpec["terms"] => {
  const inside = new Set(area.districts.map((district) => district.id));
  return view.candidates
    .filter((candidate) => inside.has(candidate.dwelling.district))
    .map((candidate) => ({ candidate: candidate.index, coefficient: amountOf(measure, candidate.household) }))
    .filter((term) => term.coefficient !== 0);
};
