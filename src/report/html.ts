import type { Verification } from "../audit/verify.js";
import { sortedBy } from "../base/order.js";
import { measureName } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { weightName } from "../view/targets-weights.js";
import { barsLegend, barsMarkup } from "./bars.js";
import { lorenzSection } from "./lorenz.js";
import { mapMarkup } from "./map.js";
import { html, type Markup, NOTHING } from "./markup.js";
import type { Report, ReportInput, ReportOptions } from "./report.js";
import {
  areasSection,
  decisionsSection,
  placementsSection,
  quotasSection,
  tiersSection,
  unplacedSection,
} from "./sections.js";
import { STYLE } from "./style.js";
import { type Summary, summaryOf } from "./summary.js";
import { listMarkup, tableMarkup } from "./table.js";
import { ruleTitle, type Wording, wordingIn } from "./texts.js";

/** Nothing is loaded and nothing runs: the page's own style is all. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const headlineMarkup = (
  { plan, verification }: ReportInput,
  { headline }: Summary,
  { texts, numbers }: Wording,
): Markup => {
  const { farthest } = headline;
  const unit = texts.measure(farthest?.measure ?? "persons");
  const deviation = farthest === null ? "0" : numbers.signed(farthest.deviation);
  const even =
    farthest === null || farthest.deviation === 0
      ? texts.allOnTarget
      : `${texts.onTarget(headline)} ${texts.farthest({ name: farthest.name, deviation, unit })}`;
  const check = verification === null ? "not" : verification.ok ? "ok" : "notOk";
  const isFine = plan.outcome.found && verification?.ok === true;
  return html`<p class="lead">${plan.outcome.found ? `${texts.housed(headline)} ${even}` : texts.noPlan(plan.outcome.clash.join(", ") || "–")}</p>
<div class="${isFine ? "status" : "status warn"}"><p><strong>${texts.proposalOnly}</strong></p><p>${texts.outcome[plan.outcome.status]}</p><p>${texts.checked[check]}</p></div>
<dl class="tiles">
<div><dt>${texts.tiles.households}</dt><dd>${texts.outOf(headline.housed, headline.households)}</dd></div>
<div><dt>${texts.tiles.persons}</dt><dd>${texts.outOf(headline.personsHoused, headline.persons)}</dd></div>
<div><dt>${texts.tiles.farthest}</dt><dd>${deviation} <small>${unit}${farthest === null || farthest.deviation === 0 ? "" : `, ${farthest.name}`}</small></dd></div>
<div><dt>${texts.tiles.proven}</dt><dd>${texts.outOf(headline.proven, headline.tiers)}</dd></div>
</dl>`;
};

const pictureMarkup = (problem: Problem, summary: Summary, wording: Wording): Markup => {
  const { texts } = wording;
  const [districts, ...zones] = summary.levels.filter(({ rows }) => rows.length > 0);
  const more = zones.map(
    (level, i) =>
      html`<h3>${texts.bars.title(texts.level(level.level))}</h3><figure>${barsMarkup(level, { ...wording, index: i + 1 })}</figure>`,
  );
  const main =
    districts === undefined ? NOTHING : html`<figure>${barsMarkup(districts, { ...wording, index: 0 })}</figure>`;
  return html`<div class="side"><section class="keep"><h2>${texts.sections.map}</h2><figure>${mapMarkup(problem, summary, wording)}</figure></section>
<section class="keep"><h2>${texts.sections.bars}</h2>${main}${barsLegend(texts)}${more}</section></div>`;
};

const reasonsMarkup = ({ reasons = {} }: ReportInput, summary: Summary, { texts }: Wording): Markup => {
  const told = summary.placements.filter(({ household }) => Object.hasOwn(reasons, household.id));
  if (told.length === 0) return NOTHING;
  const items = told.map(
    ({ household, dwelling }) =>
      html`<dt>${household.id} → ${dwelling.id}</dt>${(reasons[household.id] ?? []).map((reason) => html`<dd>${reason}</dd>`)}`,
  );
  return html`<section><h2>${texts.sections.reasons}</h2><dl class="why">${items}</dl></section>`;
};

/** What an independent check found, where it found something. */
const checkMarkup = ({ verification }: ReportInput, { texts, locale }: Wording): Markup => {
  if (verification === null || verification.ok) return NOTHING;
  const { checkTable, sections } = texts;
  const rows = [
    ...verification.violations.map(({ rule, code, subject }) => ({ finding: `${rule}/${code}`, subject })),
    ...verification.contradictions.map(({ code, message, subject }) => ({
      finding: locale === "en" ? message : code,
      subject,
    })),
  ];
  const table = tableMarkup({
    caption: checkTable.caption,
    columns: [{ head: checkTable.subject }, { head: checkTable.finding }],
    rows: rows.map(({ finding, subject }) => [{ content: subject }, { content: finding }]),
  });
  return html`<section><h2>${sections.check}</h2>${table}</section>`;
};

const methodMarkup = ({ problem, plan }: ReportInput, wording: Wording): Markup => {
  const { texts } = wording;
  const { method } = texts;
  const { evenness, rules } = problem.policy;
  const off = sortedBy(
    Object.keys(rules).filter((id) => rules[id] === false),
    (id) => id,
  ).map((id) => ruleTitle(id, wording));
  const lines = [
    method.evenness({
      measure: texts.measure(measureName(evenness.measure)),
      weight: texts.weight(weightName(evenness)),
      levels: evenness.levels.map(texts.level).join(", "),
    }),
    method.counting[evenness.counting],
    method.apportionment(evenness.method),
    method.draw[plan.draw.rule](plan.draw.seed),
    method.crow,
    ...(off.length === 0 ? [] : [method.off(off.join(", "))]),
    method.made({ version: plan.run.version, solver: plan.certificate.solver }),
    method.input(plan.run.inputHash),
  ];
  return html`<h2>${texts.sections.method}</h2>${listMarkup(lines)}`;
};

const bodyMarkup = (input: ReportInput, summary: Summary, wording: Wording): Markup => {
  const { texts, numbers } = wording;
  const { problem, plan } = input;
  const areas = summary.levels.filter(({ rows }) => rows.length > 0).map((level) => areasSection(level, wording));
  return html`<body>
<header><h1>${texts.title(problem.municipality.name)}</h1><p class="as-of">${texts.asOf(numbers.date(problem.asOf))}</p>
${headlineMarkup(input, summary, wording)}</header>
<main>
${checkMarkup(input, wording)}
${pictureMarkup(problem, summary, wording)}
<section class="keep"><h2>${texts.sections.areas}</h2>${areas}</section>
${plan.outcome.found ? lorenzSection(input, wording) : NOTHING}
${plan.tiers.length === 0 ? NOTHING : html`<section class="keep"><h2>${texts.sections.tiers}</h2>${tiersSection(input, wording)}</section>`}
<section class="keep"><h2>${texts.sections.unplaced}</h2>${unplacedSection(summary, wording)}</section>
<section><h2>${texts.sections.placements}</h2>${placementsSection(summary, wording)}</section>
${reasonsMarkup(input, summary, wording)}
<section class="keep"><h2>${texts.sections.decisions}</h2>${decisionsSection(input, wording)}${quotasSection(input, summary, wording)}</section>
</main>
<footer>${methodMarkup(input, wording)}</footer>
</body>`;
};

const renderPage = (input: ReportInput, { locale }: ReportOptions): string => {
  const wording = wordingIn(locale);
  const summary = summaryOf(input.problem, input.plan);
  const { texts } = wording;
  const style: Markup = { markup: STYLE };
  const page = html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title(input.problem.municipality.name)}</title>
<style>${style}</style>
</head>
${bodyMarkup(input, summary, wording)}
</html>
`;
  return page.markup;
};

/**
 * One self-contained page: headline, map, bars, tables, aims with their proof, homes and reasons. Works offline, runs no script, prints
 * on A4, and is the same to the byte for the same input: how long the run took is left out.
 */
export const renderHtml = (
  problem: Problem,
  plan: Plan,
  verification: Verification | null = null,
  { locale = "en", reasons }: Partial<ReportOptions> & Pick<ReportInput, "reasons"> = {},
): string => renderPage({ problem, plan, verification, ...(reasons === undefined ? {} : { reasons }) }, { locale });

export const htmlReport: Report = {
  id: "html",
  fileName: "report.html",
  mediaType: "text/html; charset=utf-8",
  render: renderPage,
};
