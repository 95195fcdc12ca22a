/** Markup that is safe as it stands: only `html` and `svgNumber` make it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a hole of `html`: text and numbers are escaped, markup and lists of it are not. */
export type Hole = string | number | Markup | readonly Markup[] | null;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Lone surrogates have no bytes in UTF-8. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** Control and format characters that hide or reorder text: bidi overrides, zero-width signs, the byte order mark. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const codePoint = (sign: string): string =>
  `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** Text with its hidden characters written out, such as `[U+202E]`, so that what is read is what is there. */
export const visible = (text: string): string =>
  text.replace(LONE_SURROGATE, "\uFFFD").replace(HIDDEN, (sign) => codePoint(sign));

/** Text for HTML and SVG, in elements and in quoted attributes alike. */
export const escapeText = (text: string): string =>
  visible(text).replace(/[&<>"'`]/g, (sign) => ENTITIES[sign] ?? sign);

const isMarkup = (hole: Hole): hole is Markup => typeof hole === "object" && hole !== null && "markup" in hole;

const filled = (hole: Hole): string => {
  if (hole === null) return "";
  if (typeof hole === "string") return escapeText(hole);
  if (typeof hole === "number") return escapeText(String(hole));
  return isMarkup(hole) ? hole.markup : hole.map(({ markup }) => markup).join("");
};

/**
 * Markup from a template: every hole is escaped unless it is markup itself.
 *
 * Edge: attributes must be quoted in the template, and no hole may stand in a tag's name, a style, or an address.
 */
export const html = (parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup => ({
  markup: parts.map((part, i) => part + filled(holes[i] ?? null)).join(""),
});

/** No markup at all. */
export const NOTHING: Markup = { markup: "" };

/** A coordinate in a drawing: at most one decimal, so that the last digits of trigonometry never show. */
export const svgNumber = (value: number): string => String(Math.round(value * 10) / 10 + 0);
