/** The sum of numbers, nearly as if it were rounded once: what each addition loses is summed up as well (Neumaier 1974). The checker of certificates has its own. */
export const sumOfDoubles = (parts: Iterable<number>): number => {
  let sum = 0;
  let lost = 0;
  for (const part of parts) {
    const next = sum + part;
    const [large, small] = Math.abs(part) > Math.abs(sum) ? [part, sum] : [sum, part];
    lost += large - next + small;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
};
