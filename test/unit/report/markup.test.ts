import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, html, visible } from "../../../src/report/markup.js";

describe("markup", () => {
  it("escapes every hole but markup", () => {
    const inner = html`<b>${"<i>"}</b>`;
    expect(html`<p title="${`"'&\``}">${inner}${[inner, inner]}${3}${null}</p>`.markup).toBe(
      '<p title="&quot;&#39;&amp;&#96;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
    );
  });

  it("writes hidden and reordering characters out", () => {
    expect(visible("a\u202Eb\u200Bc\u0000d\uFEFFe\u0085")).toBe("a[U+202E]b[U+200B]c[U+0000]d[U+FEFF]e[U+0085]");
    expect(visible("lone \uD800 and \uDC00, pair \u{1F3E0}, ÆØÅ")).toBe("lone \uFFFD and \uFFFD, pair \u{1F3E0}, ÆØÅ");
  });

  it("never lets text end a tag, an attribute or a style, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"'`]/);
        expect(escapeText(text).replace(/&(?:amp|lt|gt|quot|#39|#96);/g, "")).not.toContain("&");
      }),
      { seed: 20261103, numRuns: 400, markInterruptAsFailure: true },
    );
  });
});
