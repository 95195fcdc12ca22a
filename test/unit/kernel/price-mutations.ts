import type { CertifiedPrices, SparsePrices } from "../../../src/kernel/certificate.js";

/** A list of changes, each with a word on what was done. */
export type Changed<T> = readonly (readonly [what: string, changed: T])[];

export const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, i) => i !== index);
export const replaced = <T>(list: readonly T[], index: number, by: T): readonly T[] =>
  list.map((one, i) => (i === index ? by : one));

/** By nothing at all, by a little and by a lot, to both sides, and to what is no number. */
const otherPrices = (price: number): readonly number[] => [
  0,
  -price,
  price * 2,
  price / 2,
  price + 1,
  price - 1,
  price + 1 / 64,
  price - 1 / 64,
  price + 1e4,
  price - 1e4,
  1e6 * price,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

const sparseChanged = (own: SparsePrices): Changed<SparsePrices> => [
  ...own.flatMap(([index, price], i) => [
    ...otherPrices(price).map((other) => [`price ${price} to ${other}`, replaced(own, i, [index, other])] as const),
    ...[index + 1, index - 1, 1e6, Number.NaN].map(
      (other) => [`price ${price} from ${index} to ${other}`, replaced(own, i, [other, price])] as const,
    ),
    [`price ${price} left out`, without(own, i)] as const,
    [`price ${price} twice`, [...own, [index, price] as const]] as const,
    [
      `price ${price} on all up to ${index}`,
      [...Array.from({ length: index }, (_, at) => [at, price] as const), ...own],
    ] as const,
  ]),
  ...[-3, 3].map(
    (price) => [`price ${price} put on 0`, [...own.filter(([index]) => index !== 0), [0, price] as const]] as const,
  ),
];

/** Prices that have none of agents get them: blocks then choose in place of agents; those that have them lose them. */
const agentsGivenOrTaken = (prices: CertifiedPrices): Changed<CertifiedPrices> => {
  const { agents, ...rest } = prices;
  if (agents !== undefined)
    return [
      ["agents removed", rest],
      ["agents removed, their prices put on places", { ...rest, places: agents }],
    ];
  return [
    ["agents added without a price", { ...prices, agents: [] }],
    ...[-7, -0.5, 0.5, 7].map(
      (price) =>
        [
          `agents added, 0 and 1 at ${price}`,
          { ...prices, agents: [[0, price] as const, [1, price] as const] },
        ] as const,
    ),
    ["agents added at the prices of places", { ...prices, agents: prices.places }],
  ];
};

const pricesChanged = (prices: CertifiedPrices): Changed<CertifiedPrices> => [
  ...(["rows", "limits", "places", "agents"] as const).flatMap((kind) => {
    const own = prices[kind];
    if (own === undefined) return [];
    return sparseChanged(own).map(([what, other]) => [`${kind} ${what}`, { ...prices, [kind]: other }] as const);
  }),
  ...agentsGivenOrTaken(prices),
];

export const listChanged = (list: readonly CertifiedPrices[]): Changed<readonly CertifiedPrices[]> =>
  list.flatMap((prices, i) => [
    [`prices ${i} left out`, without(list, i)] as const,
    ...pricesChanged(prices).map(([what, other]) => [`prices ${i}: ${what}`, replaced(list, i, other)] as const),
  ]);

/** Other rows for blocks: fewer, in another order, doubled, that share places with others, and that are no rows of the model. */
export const blocksChanged = (blocks: readonly number[], rows: number): Changed<readonly number[]> => {
  const others = Array.from({ length: rows }, (_, row) => row).filter((row) => !blocks.includes(row));
  return [
    ["no blocks", []],
    ["blocks in reverse", [...blocks].reverse()],
    ...blocks.flatMap((row, i) => [
      [`block ${row} left out`, without(blocks, i)] as const,
      [`block ${row} doubled`, [...blocks, row]] as const,
      ...others.map((other) => [`block ${row} by ${other}`, replaced(blocks, i, other)] as const),
    ]),
    ...[...others, -1, rows, rows + 3, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(
      (row) => [`block ${row} added`, [...blocks, row]] as const,
    ),
  ];
};
