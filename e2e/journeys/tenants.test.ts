import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { anOwner, dashboardOf, figure, fromSomewhere, open, takenOver } from "./steps.ts";

const browser = openBrowser();

test("two tabs in two organizations of one person each keep their own data", async () => {
  const { person, organizations } = await anOwner({ owns: ["Amber Works", "Birch Works"] });
  const [amber, birch] = organizations;
  if (!amber || !birch) throw new Error("This person owns two organizations.");
  await using visit = await browser.visit(fromSomewhere());
  const { context } = visit;
  await signIn(context, person);
  await upload(context, amber, [await aSmallPicture("Amber one")]);
  await upload(context, birch, [await aSmallPicture("Birch one"), await aSmallPicture("Birch two")]);
  const left = visit.page;
  const right = await context.newPage();
  await open(left, galleryOf(amber));
  await open(right, galleryOf(birch));
  expect(await names(left)).toEqual(["Amber one"]);
  expect(await names(right)).toEqual(["Birch two", "Birch one"]);

  await left.getByLabel("Upload images").setInputFiles(await aSmallPicture("Amber two"));
  await left.getByRole("heading", { name: "Amber two" }).waitFor();
  await right.getByRole("link", { name: "Dashboard" }).first().click();
  await left.getByRole("link", { name: "Dashboard" }).first().click();
  await expect.poll(() => figures(left)).toEqual({ images: "2", title: "Amber Works" });
  await expect.poll(() => figures(right)).toEqual({ images: "2", title: "Birch Works" });

  for (const page of [right, left, right]) {
    await page.reload();
    await takenOver(page);
    await page.getByRole("link", { name: "Gallery" }).first().click();
    const mine = page === left ? "Amber" : "Birch";
    await expect.poll(() => names(page)).toEqual([`${mine} two`, `${mine} one`]);
    expect(await page.getByRole("main").innerText()).not.toContain(mine === "Amber" ? "Birch" : "Amber");
  }

  await left.getByRole("button", { name: "Switch organization" }).click();
  await left.getByRole("link", { name: "Birch Works" }).click();
  await left.waitForURL(`**${galleryOf(birch)}`);
  await expect.poll(() => names(left)).toEqual(["Birch two", "Birch one"]);
  await left.goBack();
  await expect.poll(() => names(left)).toEqual(["Amber two", "Amber one"]);
});

test("a person gets the same 404 page for another organization's address as for an unknown address", async () => {
  const { organization } = await anOwner({ owns: ["Closed Shop"] });
  const { person } = await anOwner({ owns: ["Open House"] });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const pages = [];
  for (const slug of [organization.slug, "nobody-has-this"]) {
    const answer = await page.goto(dashboardOf({ slug }));
    expect(answer?.status()).toBe(404);
    await takenOver(page);
    expect(await page.locator("body").innerText()).not.toContain("Closed Shop");
    pages.push({ title: await page.title(), text: await page.locator("body").innerText() });
  }
  expect(pages[0]).toEqual(pages[1]);
});

function names(page: Page): Promise<string[]> {
  return page.getByRole("main").getByRole("listitem").getByRole("heading").allInnerTexts();
}

async function figures(page: Page) {
  const title = await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").first().innerText();
  return { images: await figure(page, "Images").innerText(), title };
}
