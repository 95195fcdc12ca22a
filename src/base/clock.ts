/**
 * The only clock in `src`: seconds since an arbitrary start, for time limits and `seconds` in results.
 * No placement ever depends on it while no limit is set.
 */
export const secondsNow = (): number => performance.now() / 1000;
