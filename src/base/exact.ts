/** An exact fraction. `denominator` > 0; made by the functions below it is in lowest terms. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const positive = (value: bigint): bigint => (value < 0n ? -value : value);

/** Greatest common divisor, not negative; of 0 and 0 it is 0. */
export const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [positive(a), positive(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/**
 * numerator / denominator in lowest terms.
 *
 * @throws RangeError where the denominator is 0: the caller has to settle that case first.
 */
export const ratio = (numerator: bigint, denominator: bigint): Ratio => {
  if (denominator === 0n) throw new RangeError("a ratio needs a denominator other than 0");
  const divisor = denominator < 0n ? -gcd(numerator, denominator) : gcd(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

export const ZERO: Ratio = { numerator: 0n, denominator: 1n };
export const ONE: Ratio = { numerator: 1n, denominator: 1n };

const EXPONENT_BIAS = 1075n;
const FRACTION_BITS = 52n;

/**
 * The fraction that a finite double is, exactly: every double is a whole number times a power of two.
 *
 * @throws RangeError for NaN and the infinities.
 */
export const ratioOf = (value: number): Ratio => {
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no finite number`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = (bits >> FRACTION_BITS) & 0x7ffn;
  const fraction = bits & ((1n << FRACTION_BITS) - 1n);
  const magnitude = biased === 0n ? fraction : fraction | (1n << FRACTION_BITS);
  const exponent = (biased === 0n ? 1n : biased) - EXPONENT_BIAS;
  const signed = value < 0 ? -magnitude : magnitude;
  return exponent >= 0n ? { numerator: signed << exponent, denominator: 1n } : ratio(signed, 1n << -exponent);
};

export const add = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const subtract = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);

export const multiply = (a: Ratio, b: Ratio): Ratio => ratio(a.numerator * b.numerator, a.denominator * b.denominator);

/** @throws RangeError where b is 0. */
export const divide = (a: Ratio, b: Ratio): Ratio => ratio(a.numerator * b.denominator, a.denominator * b.numerator);

/** Negative where a < b, 0 where they are equal, positive where a > b. */
export const compare = (a: Ratio, b: Ratio): number => {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
};

export const isZero = (value: Ratio): boolean => value.numerator === 0n;
export const isNegative = (value: Ratio): boolean => value.numerator < 0n;
export const larger = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b);
export const smaller = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b);

/** Exact sum; of nothing it is 0. Cost: one common denominator, so that long sums stay cheap. */
export const sumOf = (values: readonly Ratio[]): Ratio => {
  const denominator = commonDenominator(values);
  return ratio(
    values.reduce((sum, value) => sum + value.numerator * (denominator / value.denominator), 0n),
    denominator,
  );
};

/** The largest whole number that is not above the ratio. */
export const floorOf = ({ numerator, denominator }: Ratio): bigint => {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
};

/** The smallest whole number that is not below the ratio. */
export const ceilOf = (value: Ratio): bigint =>
  -floorOf({ numerator: -value.numerator, denominator: value.denominator });

const bitLength = (value: bigint): number => value.toString(16).length * 4;

/** Enough bits for a double, a guard bit and a sticky bit. */
const WORKING_BITS = 68;

const quotientBits = (numerator: bigint, denominator: bigint): readonly [bigint, number] => {
  const shift = WORKING_BITS - (bitLength(numerator) - bitLength(denominator));
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = top / bottom;
  // The sticky bit keeps a remainder from being mistaken for an exact half.
  return [quotient * bottom === top ? quotient : quotient | 1n, shift];
};

/**
 * The double nearest to a ratio (ties to even). Edge: below 2^-1022 the last bit may be rounded twice;
 * beyond the largest double it is infinite.
 */
export const numberOf = ({ numerator, denominator }: Ratio): number => {
  if (numerator === 0n) return 0;
  const size = positive(numerator);
  if (denominator === 1n) return Number(numerator);
  if (size <= MAX_SAFE && denominator <= MAX_SAFE) return Number(numerator) / Number(denominator);
  const [quotient, shift] = quotientBits(size, denominator);
  // Two steps, for 2^-shift alone may be out of range where the product is not.
  const half = Math.trunc(shift / 2);
  const value = Number(quotient) * 2 ** -half * 2 ** -(shift - half);
  return numerator < 0n ? -value : value;
};

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const commonDenominator = (values: readonly Ratio[]): bigint =>
  values.reduce(
    (common, { denominator }) =>
      common % denominator === 0n ? common : (common / gcd(common, denominator)) * denominator,
    1n,
  );

/**
 * The smallest whole numbers in the same proportions: [1/2, 3/4] gives [2, 3].
 * Edge: zeros stay zero; all zero stays all zero.
 */
export const wholeProportions = (values: readonly Ratio[]): readonly bigint[] => {
  const denominator = commonDenominator(values);
  const whole = values.map((value) => value.numerator * (denominator / value.denominator));
  let divisor = 0n;
  for (const value of whole) {
    divisor = gcd(divisor, value);
    if (divisor === 1n) return whole;
  }
  return divisor === 0n ? whole : whole.map((value) => value / divisor);
};
