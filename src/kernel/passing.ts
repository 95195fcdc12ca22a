import { allowedPrices, type Picked, picking, pricedAgents } from "./blocks/pick.js";
import type { Domain } from "./domain.js";
import type { Hinted } from "./earlier.js";
import { newProofNode, proofPrices } from "./nodes.js";
import type { Found, Ways } from "./position.js";
import type { Effort } from "./proof.js";
import { type Proven, relaxation, type Task, withoutPlaces } from "./relax.js";
import { searcher } from "./search.js";
import { goalBelow, rowValues, stageValue } from "./stage.js";
import type { StageOutcome } from "./tree.js";

/** What no prices prove, or else those of an earlier result. */
const shownInPassing = (
  task: Task,
  domain: Domain,
  { hinted, goal }: { readonly hinted: Hinted | null; readonly goal: number },
): { readonly shown: Proven; readonly picked: Picked | null } => {
  let shown: Proven = withoutPlaces(task, domain);
  if (hinted === null || shown.bound > goal) return { shown, picked: null };
  if (hinted.prices !== null) {
    const priced = relaxation(task, domain).evaluate(hinted.prices);
    if (priced.bound > shown.bound) shown = priced;
  }
  if (hinted.picked === null) return { shown, picked: null };
  const picks = picking(task, domain);
  const picked = picks.evaluate(allowedPrices(picks, hinted.picked));
  return { shown, picked: picked.bound > shown.bound ? picked : null };
};

/** The choice in hand and what can be shown of it at once; bettered once where that does not prove it: where there is no time for anything else. */
export const inPassing = (
  task: Task,
  domain: Domain,
  given: { readonly arcOf: Int32Array; readonly hinted: Hinted | null; readonly effort: Effort },
): StageOutcome => {
  const { core, stage } = task;
  const own = stageValue(core, stage, given.arcOf, rowValues(core, given.arcOf));
  let best: Found = { arcOf: given.arcOf, value: own };
  const { shown, picked } = shownInPassing(task, domain, { hinted: given.hinted, goal: goalBelow(stage, own) });
  const { bound } = picked ?? shown;
  if (bound <= goalBelow(stage, own)) {
    // Weights are bettered most by re-assigning all at once.
    const ways: Ways = { near: null, deep: false, unstopped: true, sweeps: stage.weights === null ? 1 : 0 };
    const found = searcher(task, domain, given.effort).improve(given.arcOf, ways);
    if (found !== null && found.value < own) best = found;
  }
  return {
    best,
    bound: Math.min(bound, best.value),
    proven: bound > goalBelow(stage, best.value),
    faces: [shown],
    picked,
    proof: [{ ...newProofNode(), prices: [picked === null ? proofPrices(shown) : pricedAgents(core, picked.prices)] }],
    keep: null,
    nodes: 0,
  };
};
