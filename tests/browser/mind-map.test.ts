import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { MindMap } from "#src/business/mind-map.js";
import { downloadsBundle } from "#src/notebook/downloads.js";
import { mindMapBundle } from "#src/notebook/mind-map.js";
import { pageShell } from "#src/runner/page-shell.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "./chromium.js";

const leaf = (text: string): MindMap["branches"][number]["leaves"][number] => ({
  text: `${text}: ${"a supposition of some length ".repeat(3)}`,
  verdict: "holds",
  effect: "2 times",
  details: ["The evidence."],
});
const map: MindMap = {
  title: "A finding",
  root: "Who are they?",
  caption: "Unfold it.",
  branches: [
    { name: "Purchase", note: "how much", isTestable: true, leaves: [leaf("H1"), leaf("H2")] },
    { name: "Marketing", note: "no record", isTestable: false, leaves: [] },
  ],
};

const folder = mkdtempSync(join(tmpdir(), "insiders-mind-map-"));
const file = join(folder, "page.html");
let browser: Browser;

async function open(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  return page;
}

async function boxOf(
  locator: Locator,
): Promise<{ left: number; right: number; top: number; bottom: number }> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { left: x, right: x + width, top: y, bottom: y + height };
}

describe("a mind map in a page without scripts", { skip: chromiumPath ? false : NO_CHROMIUM }, () => {
  before(async () => {
    const outputs = [
      mindMapBundle(map),
      downloadsBundle([{ name: "list.csv", label: "The list", content: "a;ä\n" }]),
    ];
    const policy = "default-src 'none'; style-src 'unsafe-inline'";
    const body = [
      `<div class="page"><main>${outputs.map(({ data }) => data["text/html"]).join("")}</main></div>`,
    ];
    writeFileSync(file, pageShell({ title: "Map", policy, body }).join(""));
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("is a tree from left to right on a wide page, a list from top to bottom on a phone", async () => {
    for (const width of [1440, 390]) {
      const page = await open(width);
      const root = await boxOf(page.locator(".insiders-mind-root"));
      const branch = await boxOf(page.locator(".insiders-mind-name").first());
      const first = await boxOf(page.locator(".insiders-mind-leaf summary").first());
      if (width > 1000) assert.ok(root.right < branch.left && branch.right < first.left);
      else assert.ok(root.bottom <= branch.top && branch.bottom <= first.top);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.equal(overflow, 0, `${width} px`);
      await page.close();
    }
  });

  it("unfolds by keyboard", async () => {
    const page = await open(1440);
    assert.equal(await page.getByText("The evidence.").first().isVisible(), false);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByText("The evidence.").first().isVisible(), true);
    assert.equal(await page.getByText("The evidence.").last().isVisible(), false);
    await page.close();
  });

  it("shows all evidence on paper", async () => {
    const page = await open(800);
    await page.emulateMedia({ media: "print" });
    const { top, bottom } = await boxOf(page.getByText("The evidence.").last());
    assert.ok(bottom > top);
    await page.close();
  });

  it("stands beside files that a reader can take out", async () => {
    const page = await open(1440);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "The list" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "list.csv");
    assert.equal(await readFile(await download.path(), "utf8"), "a;ä\n");
    await page.close();
  });
});
