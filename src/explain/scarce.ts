import * as z from "zod";
import type { Dwelling } from "../domain/dwelling.js";
import type { Question } from "../plans/question.js";
import { freshId } from "./wanted.js";

/** Of each tier so many of the dwellings that the proof prices highest. */
const MOST = 3;

const index = z.int().nonnegative();
const proofSchema = z.object({
  stages: z.array(
    z.object({
      tier: z.int(),
      tree: z.array(z.object({ prices: z.array(z.object({ places: z.array(z.tuple([index, z.number()])) })) })),
    }),
  ),
});

/**
 * One more like each dwelling that the plan's own proof puts a price on, in the tiers up to the last that spreads: by so much would
 * one unit more better that tier, as long as a little changes little (weak duality). A hint, to be confirmed by solving again.
 * None where the plan was proven by another solver.
 */
export const scarceDwellings = (question: Question): readonly Dwelling[] => {
  const { facts, plan } = question;
  const proof = proofSchema.safeParse(plan.certificate.kernel);
  if (!proof.success) return [];
  const last = plan.tiers.findLastIndex(({ name }) => name.split("/")[0] === "evenness");
  const { dwellings } = question.model();
  const places = proof.data.stages
    .filter(({ tier }) => tier >= 0 && tier <= Math.max(0, last))
    .flatMap(({ tree }) =>
      [...(tree[0]?.prices.at(-1)?.places ?? [])]
        .filter(([, price]) => price < 0)
        .sort(([i, a], [j, b]) => a - b || i - j)
        .slice(0, MOST)
        .map(([place]) => place),
    );
  const id = freshId(facts);
  return [...new Set(places)].flatMap((place) => {
    const dwelling = dwellings[place];
    return dwelling === undefined ? [] : [{ ...dwelling, id, count: 1 }];
  });
};
