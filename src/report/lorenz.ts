import { auditPlan, type LevelFigures } from "../audit/fairness.js";
import { html, type Markup, NOTHING, svgNumber } from "./markup.js";
import type { ReportInput } from "./report.js";
import { tableMarkup } from "./table.js";
import type { Wording } from "./texts.js";

const SIDE = 240;
const LEFT = 44;
const BOTTOM = 40;

/** Lorenz curve of one level after the plan, with the straight line of an exactly even spread. */
const curveMarkup = ({ level, lorenz }: LevelFigures, { texts }: Wording): Markup => {
  const points = [{ weight: 0, load: 0 }, ...lorenz]
    .map(({ weight, load }) => `${svgNumber(LEFT + weight * SIDE)},${svgNumber(10 + (1 - load) * SIDE)}`)
    .join("L");
  const { lorenz: words } = texts;
  return html`<svg class="lorenz" viewBox="0 0 ${LEFT + SIDE + 16} ${SIDE + BOTTOM + 10}" role="img" aria-labelledby="lorenz-title lorenz-desc">
<title id="lorenz-title">${words.title(texts.level(level))}</title><desc id="lorenz-desc">${words.desc}</desc>
<path d="M${LEFT},10v${SIDE}h${SIDE}" class="axis" fill="none"/>
<path d="M${LEFT},${10 + SIDE}L${LEFT + SIDE},10" class="even"/>
<path d="M${points}" class="curve"/>
<text x="${LEFT - 6}" y="16" class="bar-name">100 %</text><text x="${LEFT - 6}" y="${10 + SIDE}" class="bar-name">0</text>
<text x="${LEFT + SIDE}" y="${SIDE + 26}" class="bar-name">100 %</text><text x="${LEFT}" y="${SIDE + 44}">${words.axis}</text>
</svg>`;
};

/** How even the loads are, before and after: Gini and Hoover per level, and the curve of the districts. */
export const lorenzSection = ({ problem, plan }: ReportInput, wording: Wording): Markup => {
  const { texts, numbers } = wording;
  const { levels } = auditPlan(problem, plan);
  const [districts] = levels.filter(({ level }) => level === "district");
  if (districts === undefined || districts.areas.every(({ after }) => after === 0)) return NOTHING;
  const { lorenz: words } = texts;
  const figure = (value: number) => ({ content: numbers.number(value, 3), style: "n" as const });
  const percent = (value: number) => ({ content: `${numbers.number(value * 100)} %`, style: "n" as const });
  const table = tableMarkup({
    caption: words.caption,
    columns: [
      { head: texts.columns.level },
      { head: words.giniBefore, numeric: true },
      { head: words.giniAfter, numeric: true },
      { head: words.hooverBefore, numeric: true },
      { head: words.hooverAfter, numeric: true },
    ],
    rows: levels.map(({ level, before, after }) => [
      { content: texts.level(level) },
      figure(before.gini),
      figure(after.gini),
      percent(before.hoover),
      percent(after.hoover),
    ]),
  });
  return html`<section class="keep"><h2>${texts.sections.even}</h2><p>${words.explained}</p><div class="side"><figure>${curveMarkup(districts, wording)}</figure><div>${table}</div></div></section>`;
};
