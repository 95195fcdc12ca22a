import { html, type Markup, NOTHING } from "./markup.js";

/** A table cell: what it shows, and whether it is a number (right-aligned). */
export interface TableCell {
  readonly content: Markup | string;
  readonly style?: "n" | "nowrap" | "n off";
}

export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
  /** Holds several remarks: takes more room. */
  readonly wide?: boolean;
}

const cellMarkup = ({ content, style }: TableCell, i: number): Markup => {
  const inside = typeof content === "string" ? html`${content}` : content;
  if (i === 0) return html`<th scope="row">${inside}</th>`;
  return style === undefined ? html`<td>${inside}</td>` : html`<td class="${style}">${inside}</td>`;
};

const rowMarkup = (cells: readonly TableCell[]): Markup => html`<tr>${cells.map(cellMarkup)}</tr>\n`;

/** A table with caption and scopes; each row's first cell is its heading. Keyboard users can scroll it where it is too wide. */
export const tableMarkup = ({
  caption,
  columns,
  rows,
  total = null,
}: {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly total?: readonly TableCell[] | null;
}): Markup => {
  const heads = columns.map(({ head, numeric, wide }) => {
    if (numeric === true) return html`<th scope="col" class="n">${head}</th>`;
    return wide === true ? html`<th scope="col" class="wide">${head}</th>` : html`<th scope="col">${head}</th>`;
  });
  const foot = total === null ? NOTHING : html`<tfoot>${rowMarkup(total)}</tfoot>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map(rowMarkup)}</tbody>${foot}</table></div>
`;
};

/** Several short remarks in one cell. */
export const listMarkup = (items: readonly string[]): Markup =>
  items.length === 0 ? NOTHING : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
