import { html, type Markup, svgNumber } from "./markup.js";
import type { Messages } from "./messages.js";
import type { Numbers } from "./numbers.js";
import type { AreaRow } from "./summary.js";

const ROW = 23;
/** Width of the drawing: the same for every chart, so that their letters are of one size. */
const WIDTH = 490;
const TOP = 6;
/** About the width of a letter, and the room that names may take at most. */
const LETTER = 7.2;
const MOST_NAMES = 190;
const LONGEST_NAME = Math.floor((MOST_NAMES - 10) / LETTER);

const shortened = (name: string): string =>
  [...name].length <= LONGEST_NAME ? name : `${[...name].slice(0, LONGEST_NAME - 1).join("")}…`;

const figuresOf = (row: AreaRow, { texts, numbers }: { texts: Messages; numbers: Numbers }): string =>
  texts.bars.row({
    placed: numbers.number(row.placed),
    target: numbers.number(row.target),
    deviation: numbers.signed(row.deviation),
  });

const barRow = (
  { row, figures }: { row: AreaRow; figures: string },
  i: number,
  { scale, left, right }: { scale: number; left: number; right: number },
): Markup => {
  const y = TOP + i * ROW;
  const mark = left + row.target * scale;
  return html`<text x="${svgNumber(left - 8)}" y="${svgNumber(y + 15)}" class="bar-name">${shortened(row.name)}</text><rect x="${svgNumber(left)}" y="${svgNumber(y + 5)}" width="${svgNumber(row.placed * scale)}" height="13" class="bar"/><path d="M${svgNumber(mark)},${svgNumber(y + 1)}v21" class="mark-halo"/><path d="M${svgNumber(mark)},${svgNumber(y + 1)}v21" class="mark"/><text x="${svgNumber(right + 10)}" y="${svgNumber(y + 15)}" class="bar-figure">${figures}</text>`;
};

/** Bars of what is placed with a mark at the target, the numbers beside them. One chart a level. */
export const barsMarkup = (
  { level, rows }: { readonly level: string; readonly rows: readonly AreaRow[] },
  { texts, numbers, index }: { readonly texts: Messages; readonly numbers: Numbers; readonly index: number },
): Markup => {
  const most = rows.reduce((max, { placed, target }) => Math.max(max, placed, target), 1);
  const left = rows.reduce((width, { name }) => Math.max(width, [...shortened(name)].length * LETTER + 10), 60);
  const told = rows.map((row) => ({ row, figures: figuresOf(row, { texts, numbers }) }));
  const right = WIDTH - told.reduce((width, { figures }) => Math.max(width, figures.length * LETTER + 14), 80);
  const scale = (right - left) / most;
  const height = TOP * 2 + rows.length * ROW;
  const ids = { title: `bars-title-${index}`, desc: `bars-desc-${index}` };
  return html`<svg class="bars" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${ids.title} ${ids.desc}">
<title id="${ids.title}">${texts.bars.title(texts.level(level))}</title><desc id="${ids.desc}">${texts.bars.desc}</desc>
<path d="M${svgNumber(left)},${TOP}V${height - TOP}" class="axis"/>
${told.map((one, i) => barRow(one, i, { scale, left, right }))}
</svg>`;
};

/** What bar and mark mean, once for all charts. */
export const barsLegend = (texts: Messages): Markup =>
  html`<ul class="legend"><li><svg width="26" height="14" aria-hidden="true"><rect y="1" width="26" height="12" class="bar"/></svg> ${texts.bars.placed}</li><li><svg width="10" height="16" aria-hidden="true"><path d="M5,0v16" class="mark"/></svg> ${texts.bars.target}</li></ul>`;
