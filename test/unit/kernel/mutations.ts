import type { Certificate, CertifiedNode, CertifiedStage } from "../../../src/kernel/certificate.js";
import type { KernelModel, KernelResult, KernelTierResult } from "../../../src/kernel/model.js";
import { blocksChanged, type Changed, listChanged, replaced, without } from "./price-mutations.js";

/** A result that was tampered with. */
export interface Mutant {
  readonly what: string;
  readonly result: KernelResult;
}

export const certificateOf = ({ certificate }: KernelResult): Certificate => certificate as Certificate;

const withCertificate = (result: KernelResult, change: Partial<Certificate>): KernelResult => ({
  ...result,
  certificate: { ...certificateOf(result), ...change },
});

const withTier = (result: KernelResult, index: number, change: Partial<KernelTierResult>): KernelResult => ({
  ...result,
  tiers: result.tiers.map((tier, i) => (i === index ? { ...tier, ...change } : tier)),
});

/** Claims about tiers that are all false: each has to be caught. */
export const falseClaims = (model: KernelModel, result: KernelResult): readonly Mutant[] =>
  result.tiers.flatMap((tier, k) => {
    const better = model.tiers[k]?.sense === "min" ? 1 : -1;
    const { vector, value, bound } = tier;
    return [
      { what: `value of tier ${k} bettered by 1`, result: withTier(result, k, { value: value - better }) },
      { what: `value of tier ${k} worsened by 1`, result: withTier(result, k, { value: value + better }) },
      {
        what: `value and bound of tier ${k} bettered by 1`,
        result: withTier(result, k, { value: value - better, bound: bound - better }),
      },
      { what: `bound of tier ${k} tightened by 1`, result: withTier(result, k, { bound: bound + better }) },
      {
        what: `bound of tier ${k} tightened by a thousandth`,
        result: withTier(result, k, { bound: bound + better / 1000 }),
      },
      { what: `name of tier ${k} another`, result: withTier(result, k, { name: "another" }) },
      { what: `tier ${k} left out`, result: { ...result, tiers: without(result.tiers, k) } },
      ...(vector === undefined
        ? []
        : vector.map((term, i) => ({
            what: `term ${i} of the vector of tier ${k} bettered`,
            result: withTier(result, k, { vector: vector.map((one, j) => (i === j ? term - 1 : one)) }),
          }))),
      ...(vector === undefined
        ? []
        : [{ what: `vector of tier ${k} cut short`, result: withTier(result, k, { vector: vector.slice(1) }) }]),
    ];
  });

/** Other choices, with the values told as they were, or as they are for the other choice and called the best. */
export const otherChoices = (
  model: KernelModel,
  result: KernelResult,
  measure: (arcOf: ArrayLike<number>) => readonly { readonly value: number; readonly vector?: number[] }[],
): readonly Mutant[] =>
  Array.from({ length: model.agents }, (_, agent) => agent).flatMap((agent) =>
    Array.from({ length: model.arcs.agent.length + 3 }, (_, i) => i - 2)
      .filter((arc) => arc !== result.arcOf[agent])
      .flatMap((arc) => {
        const arcOf = result.arcOf.map((own, a) => (a === agent ? arc : own));
        const measures = measure(arcOf);
        const tiers = result.tiers.map((tier, k) => ({ ...tier, ...measures[k], name: tier.name }));
        const claimed = tiers.map((tier) => ({ ...tier, bound: tier.value }));
        const what = `agent ${agent} takes arc ${arc}`;
        return [
          { what, result: { ...result, arcOf } },
          { what: `${what}, values told anew`, result: { ...result, arcOf, tiers } },
          { what: `${what}, values and bounds told anew`, result: { ...result, arcOf, tiers: claimed } },
        ];
      }),
  );

/** Values and bounds that are no numbers. */
export const noNumbers = (result: KernelResult): readonly Mutant[] =>
  result.tiers.flatMap((_, k) =>
    (["value", "bound"] as const).map((field) => ({
      what: `${field} of tier ${k} no number`,
      result: withTier(result, k, { [field]: Number.NaN }),
    })),
  );

const nodeChanged = (node: CertifiedNode, size: number): Changed<CertifiedNode> => {
  const { branch, parts, prices } = node;
  const priced = listChanged(prices).map(([what, other]) => [what, { ...node, prices: other }] as const);
  if (branch === undefined || parts === undefined) return priced;
  const others =
    "row" in branch
      ? [
          ...[-1, 1, 0.5, 1e9, -1e9, Number.NaN].map((by) => ({ ...branch, at: branch.at + by })),
          { ...branch, row: branch.row + 1 },
          { ...branch, row: 0 },
        ]
      : [
          { ...branch, arcs: [] },
          { ...branch, arcs: branch.arcs.slice(1) },
          { ...branch, agent: branch.agent === 0 ? 1 : 0 },
        ];
  const [a, b] = parts;
  const { branch: _, ...noBranch } = node;
  return [
    ...priced,
    ...others.map((other) => [`branch ${JSON.stringify(other)}`, { ...node, branch: other }] as const),
    ["parts swapped", { ...node, parts: [b, a] }],
    ["first part twice", { ...node, parts: [a, a] }],
    ["second part twice", { ...node, parts: [b, b] }],
    ["parts in a circle", { ...node, parts: [0, 0] }],
    ["parts that are not there", { ...node, parts: [a, size + 5] }],
    ["branch left out", noBranch],
  ];
};

type Tree = readonly CertifiedNode[];
const treeChanged = (tree: Tree): Changed<Tree> => [
  ["no tree", []],
  ...tree.flatMap((node, i) => [
    [`node ${i} left out`, without(tree, i)] as const,
    [`node ${i} emptied`, replaced(tree, i, { prices: [] })] as const,
    ...nodeChanged(node, tree.length).map(([what, other]) => [`node ${i}: ${what}`, replaced(tree, i, other)] as const),
  ]),
];

const stageChanged = (stage: CertifiedStage): Changed<CertifiedStage> => [
  ...listChanged(stage.cutsBefore).map(
    ([what, cutsBefore]) => [`cut before, ${what}`, { ...stage, cutsBefore }] as const,
  ),
  ...listChanged(stage.cutsAfter).map(([what, cutsAfter]) => [`cut after, ${what}`, { ...stage, cutsAfter }] as const),
  ...treeChanged(stage.tree).map(([what, tree]) => [`tree, ${what}`, { ...stage, tree }] as const),
  ...treeChanged(stage.shrink ?? []).map(([what, shrink]) => [`shrink, ${what}`, { ...stage, shrink }] as const),
  ["tier another", { ...stage, tier: stage.tier + 1 }],
  ["threshold put", { ...stage, threshold: 1 }],
  ...(stage.threshold === undefined
    ? []
    : [["threshold raised", { ...stage, threshold: stage.threshold + 1 }] as const]),
];

/** Other prices, branches, trees, stages, counts and blocks: the claims stay as they were, and must be proven by no less. */
export const otherProofs = (model: KernelModel, result: KernelResult): readonly Mutant[] => {
  const { stages, counts, blocks } = certificateOf(result);
  return [
    ...blocksChanged(blocks, model.rows.length).map(([what, other]) => ({
      what,
      result: withCertificate(result, { blocks: other }),
    })),
    ...stages.flatMap((stage, i) => [
      { what: `stage ${i} left out`, result: withCertificate(result, { stages: without(stages, i) }) },
      {
        what: `stage ${i} twice`,
        result: withCertificate(result, { stages: [...stages.slice(0, i), stage, ...stages.slice(i)] }),
      },
      ...stageChanged(stage).map(([what, other]) => ({
        what: `stage ${i}: ${what}`,
        result: withCertificate(result, { stages: replaced(stages, i, other) }),
      })),
    ]),
    { what: "stages in reverse", result: withCertificate(result, { stages: [...stages].reverse() }) },
    { what: "no counts", result: withCertificate(result, { counts: [] }) },
    ...counts.flatMap((count, i) => [
      { what: `count ${i} left out`, result: withCertificate(result, { counts: without(counts, i) }) },
      {
        what: `count ${i} of another coefficient`,
        result: withCertificate(result, {
          counts: replaced(counts, i, { ...count, coefficient: count.coefficient + 1 }),
        }),
      },
      {
        what: `count ${i} of another row`,
        result: withCertificate(result, { counts: replaced(counts, i, { ...count, row: count.row + 1 }) }),
      },
    ]),
  ];
};

/** Precision, tolerances and choices of the certificate: what the checker takes from it without a proof. */
export const otherAllowances = (model: KernelModel, result: KernelResult): readonly Mutant[] => {
  const { stages, tolerances } = certificateOf(result);
  const poor = Array.from({ length: model.agents }, () => -1);
  return [
    ...stages.flatMap((stage, i) => [
      ...[1, 1e3, 1e9, -1, Number.NaN, Number.POSITIVE_INFINITY].map((precision) => ({
        what: `precision of stage ${i} ${precision}`,
        result: withCertificate(result, { stages: replaced(stages, i, { ...stage, precision }) }),
      })),
      ...[-1e9, -10, 0, 10, 1e9, Number.NaN, Number.POSITIVE_INFINITY].map((keep) => ({
        what: `tree of stage ${i} keeps to ${keep}`,
        result: withCertificate(result, { stages: replaced(stages, i, { ...stage, keep }) }),
      })),
      {
        what: `choice of stage ${i} nobody`,
        result: withCertificate(result, { stages: replaced(stages, i, { ...stage, choice: poor }) }),
      },
      {
        what: `choice of stage ${i} too short`,
        result: withCertificate(result, { stages: replaced(stages, i, { ...stage, choice: [0] }) }),
      },
      {
        what: `choice of stage ${i} of others' arcs`,
        result: withCertificate(result, {
          stages: replaced(stages, i, { ...stage, choice: [...poor.keys()].reverse() }),
        }),
      },
    ]),
    ...tolerances.flatMap((tolerance, k) =>
      [tolerance + 1, tolerance + 1e3, 0, -1, Number.NaN, Number.POSITIVE_INFINITY]
        .filter((other) => other !== tolerance)
        .map((other) => ({
          what: `tolerance of tier ${k} ${other}`,
          result: withCertificate(result, { tolerances: replaced(tolerances, k, other) }),
        })),
    ),
  ];
};
