import type { Locale } from "../base/words.js";

/** Numbers and dates as a language writes them. */
export interface Numbers {
  /** At most `decimals` decimals (1 unless said), thousands parted. */
  readonly number: (value: number, decimals?: number) => string;
  /** With its sign: `+3`, `−2`, `0`. */
  readonly signed: (value: number) => string;
  /** `2026-11-30` as `30 November 2026`. */
  readonly date: (civil: string) => string;
  /** Short, for tables: `30 Nov 2026`. */
  readonly shortDate: (civil: string) => string;
}

const TAGS: Readonly<Record<Locale, string>> = { da: "da-DK", en: "en-GB" };

const numbersFor = (locale: Locale): Numbers => {
  const tag = TAGS[locale];
  const formats = [0, 1, 2, 3].map((maximumFractionDigits) => new Intl.NumberFormat(tag, { maximumFractionDigits }));
  const number = (value: number, decimals = 1): string => {
    if (Number.isNaN(value)) return "–";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    // The hyphen that stands for minus is easily lost in print.
    return (formats[decimals] ?? formats[1])?.format(value + 0).replace("-", "−") ?? String(value);
  };
  const dates = { day: "numeric", year: "numeric", timeZone: "UTC" } as const;
  const long = new Intl.DateTimeFormat(tag, { ...dates, month: "long" });
  const short = new Intl.DateTimeFormat(tag, { ...dates, month: "short" });
  const told = (format: Intl.DateTimeFormat) => (civil: string) => {
    const time = Date.parse(`${civil}T00:00:00Z`);
    return Number.isNaN(time) ? civil : format.format(time);
  };
  return {
    number,
    signed: (value) => (value > 0 ? `+${number(value)}` : number(value)),
    date: told(long),
    shortDate: told(short),
  };
};

const NUMBERS: Readonly<Record<Locale, Numbers>> = { da: numbersFor("da"), en: numbersFor("en") };

/** How a language writes numbers and dates. */
export const numbersIn = (locale: Locale): Numbers => NUMBERS[locale];
