import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { open, path } from "./steps.ts";

const browser = openBrowser();

test("a person who creates an organization sees the URL made from its name, and may choose another", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit();
  await signIn(visit.context, people.owner);
  const { page } = visit;
  await open(page, "/organizations/new");
  const [name, address] = [page.getByLabel("Name"), page.getByLabel("URL (optional)")];
  for (const [typed, slug] of [
    ["Smørrebrød & Straße", "smorrebrod-strasse"],
    ["Москва 12", "moskva-12"],
    ["東京", "organization-…"],
    ["Settings", "settings-…"],
  ] as const) {
    await name.fill(typed);
    await page.getByText(`/organizations/${slug}. If it’s taken`).waitFor();
    expect(await address.getAttribute("placeholder")).toBe(slug);
  }
  await address.fill(organization.slug);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByText("This URL is already taken. Choose another one.").waitFor();
  expect([await name.inputValue(), await address.inputValue()]).toEqual(["Settings", organization.slug]);
  const slug = `chosen-${randomUUID().slice(0, 8)}`;
  await address.fill(slug.toUpperCase());
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL(`**/organizations/${slug}/dashboard`);

  await open(page, `/organizations/${slug.toUpperCase()}/members?page=1`);
  expect(path(page)).toBe(`/organizations/${slug}/members?page=1`);
});

test("without JavaScript the address of an organization may be chosen as well", async () => {
  const { people } = await aWorkplace();
  await using visit = await browser.visit({ javaScriptEnabled: false });
  await signIn(visit.context, people.owner);
  const { page } = visit;
  await page.goto("/organizations/new");
  const slug = `plain-${randomUUID().slice(0, 8)}`;
  await page.getByLabel("Name").fill("Łódź");
  await page.getByLabel("URL (optional)").fill("settings");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByText("This URL is reserved. Choose another one.").waitFor();
  await page.getByLabel("URL (optional)").fill(slug);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL(`**/organizations/${slug}/dashboard`);
});

test("typed text except a password stays when the language changes, and none is left in session storage", async () => {
  await using visit = await browser.visit();
  const { page } = visit;
  await open(page, "/signup");
  const [name, email, password] = ["name", "email", "password"].map((field) => page.locator(`main [name="${field}"]`));
  await name?.fill("Lena Late");
  await email?.fill("lena@person.test");
  await password?.fill("seven quiet herons");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.getByRole("heading", { name: "Konto erstellen" }).waitFor();
  await expect.poll(() => name?.inputValue()).toBe("Lena Late");
  expect([await email?.inputValue(), await password?.inputValue()]).toEqual(["lena@person.test", ""]);
  expect(await page.evaluate(() => sessionStorage.getItem("typed"))).toBeNull();
});

test("text kept from before a sign-out is not replaced by text typed on the sign-in page", async () => {
  await using visit = await browser.visit();
  const { page } = visit;
  await open(page, "/login");
  const kept = JSON.stringify({ person: "somebody", at: Date.now(), fields: { "/organizations/new name 0": "Acme" } });
  await page.evaluate((text) => sessionStorage.setItem("typed", text), kept);
  await page.locator('main [name="email"]').first().fill("lena@person.test");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.getByRole("heading", { name: "Anmelden" }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem("typed"))).toBe(kept);
});
