import type { Path } from "../shown.js";

/** At most this many are looked for; one is enough to send a file back. */
const MOST = 20;

interface Level {
  /** Null in a list. */
  readonly keys: Set<string> | null;
  step: string | number;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Keys that stand twice in one object of a JSON text that parses: `JSON.parse` keeps the last and says nothing. */
export const duplicateKeys = (text: string): readonly Path[] => {
  const found: Path[] = [];
  const levels: Level[] = [];
  let last: string | null = null;
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") levels.push({ keys: token === "{" ? new Set() : null, step: 0 });
    else if (token === "}" || token === "]") levels.pop();
    else if (token === "," && level?.keys === null) level.step = Number(level.step) + 1;
    else if (token === ":" && level !== undefined && level.keys !== null && last !== null) {
      // Keys may be written in several ways ("a" and "\u0061"): what they mean is compared.
      const key = String(JSON.parse(last));
      level.step = key;
      if (level.keys.has(key) && found.length < MOST) found.push(levels.map(({ step }) => step));
      level.keys.add(key);
    }
    last = token.startsWith('"') ? token : null;
  }
  return found;
};
