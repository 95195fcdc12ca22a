import { amountOf, type Measure } from "../domain/measure.js";
import type { Area, Facts, Pair } from "./facts.js";

/** A household and a dwelling that every per-pair rule allows. */
export interface Candidate extends Pair {
  /** Its arc in the model. */
  readonly index: number;
}

/** What a rule or objective sees when it compiles: the facts, and the candidates in canonical order. */
export interface View extends Facts {
  readonly candidates: readonly Candidate[];
  readonly candidatesOf: (household: string) => readonly Candidate[];
  /** Every candidate whose dwelling lies in a district. */
  readonly candidatesInDistrict: (district: string) => readonly Candidate[];
}

/** A linear form over candidates, y = sum of coefficient * x, with bounds. Rows of one id are one row. */
export interface RowSpec {
  readonly id: string;
  readonly terms: readonly { readonly candidate: number; readonly coefficient: number }[];
  readonly min?: number;
  readonly max?: number;
}

/** What an area receives by the plan, in a measure, as a linear form. */
export const loadTerms = (view: View, area: Area, measure: Measure): RowSpec["terms"] =>
  area.districts
    .flatMap((district) => view.candidatesInDistrict(district.id))
    .map((candidate) => ({ candidate: candidate.index, coefficient: amountOf(measure, candidate.household) }))
    .filter((term) => term.coefficient !== 0);
