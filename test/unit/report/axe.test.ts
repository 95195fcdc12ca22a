import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/html.js";
import { townPlan } from "./town-plan.js";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = BROWSERS.find((path) => existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const open = async () => chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });

/** Faults by WCAG 2.1 A and AA, as axe sees them in a real browser. */
describe.skipIf(executablePath === undefined)("the page in a browser", () => {
  let browser: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    browser = await open();
  });

  afterAll(async () => {
    await browser.close();
  });

  const faultsOf = async (page: string, width: number): Promise<readonly string[]> => {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
    const tab = await context.newPage();
    await tab.setContent(page);
    await tab.addScriptTag({ content: AXE });
    const found: unknown = await tab.evaluate(
      `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target.join(" "))))`,
    );
    await context.close();
    return found as readonly string[];
  };

  it.each([
    ["en", 1200],
    ["da", 420],
  ] as const)("in %s at %i pixels has no fault that axe can find", async (locale, width) => {
    const { problem, plan, verification } = townPlan();
    expect(await faultsOf(renderHtml(problem, plan, verification, { locale }), width)).toEqual([]);
  });

  it("is told apart from a page with faults", async () => {
    const { problem, plan } = townPlan();
    const page = renderHtml(problem, plan).replace('<html lang="en">', "<html>");
    expect(await faultsOf(page, 1200)).toEqual(["html-has-lang html"]);
  });

  it("asks for nothing from the network", async () => {
    const { problem, plan, verification } = townPlan();
    const context = await browser.newContext();
    const tab = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    tab.on("request", (request) => asked.push(request.url()));
    tab.on("console", (message) => complaints.push(message.text()));
    await tab.setContent(renderHtml(problem, plan, verification));
    await context.close();
    expect({ asked, complaints }).toEqual({ asked: [], complaints: [] });
  });
});
