import { expect, inject, test } from "vitest";
import { aKey } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { OWN_CONNECTION } from "../requests.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

/** A program that knows a key's secret and nothing about the pages. */
function aProgram(secret: string, slug: string) {
  const root = `${inject("appUrl")}/api/v1/organizations/${slug}`;
  return (path: string, init: RequestInit = {}) =>
    fetch(root + path, { ...init, headers: { ...OWN_CONNECTION, Authorization: `Bearer ${secret}` } });
}

for (const javaScriptEnabled of [true, false]) {
  test(`an owner creates a key with two permissions, a program uses it, the log shows it, and a revoked key gets 401${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { person, organization } = await anOwner({ owns: ["Key Works"] });
    const { slug } = organization;
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    const go = async (url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
    await go(`/organizations/${slug}/keys`);
    await page.getByRole("heading", { name: "No API keys yet" }).waitFor();
    await page.getByRole("link", { name: "Create API key" }).click();
    await page.waitForURL(`**/organizations/${slug}/keys/new`);

    // A refused form keeps what was chosen.
    const gallery = page.getByRole("group", { name: "Gallery" });
    await gallery.getByLabel("View").check();
    await page.getByRole("button", { name: "Create API key" }).click();
    await page.getByText("Enter a name.").waitFor();
    expect(await gallery.getByLabel("View").isChecked()).toBe(true);
    await page.getByLabel("Name").fill("Nightly import");
    await gallery.getByLabel("Create").check();
    await page.getByLabel("Expires").selectOption({ label: "In 30 days" });
    await page.getByRole("button", { name: "Create API key" }).click();
    await page.getByText("Copy the secret now. It isn’t shown again.").waitFor();
    const secret = (await page.locator("code").filter({ hasText: "tnt_" }).first().innerText()).trim();
    expect(secret).toMatch(/^tnt_[a-z2-7]{38}$/);

    const program = aProgram(secret, slug);
    const { name, mimeType, buffer } = await aSmallPicture("shore");
    const form = new FormData();
    form.append("file", new File([new Uint8Array(buffer)], name, { type: mimeType }));
    const uploaded = await program("/images", { method: "POST", body: form });
    expect(uploaded.status).toBe(201);
    const listed = (await (await program("/images")).json()) as { data: { id: string }[] };
    expect(listed.data.map(({ id }) => id)).toEqual([((await uploaded.json()) as { id: string }).id]);
    expect((await program("/members")).status).toBe(403);

    await page.getByRole("link", { name: "Back to API keys" }).click();
    const key = page.getByRole("listitem").filter({ hasText: "Nightly import" });
    await key.getByText("View · Create").waitFor();
    expect(await page.content()).not.toContain(secret);
    await go(`/organizations/${slug}/audit`);
    await page.getByText("Created the API key “Nightly import”").waitFor();
    await page.getByText("Uploaded “shore”").waitFor();

    await go(`/organizations/${slug}/keys`);
    await page.getByRole("link", { name: "Renew secret: Nightly import" }).click();
    await page.getByRole("button", { name: "Renew secret" }).click();
    await page.getByText("Copy the secret now. It isn’t shown again.").waitFor();
    const renewed = (await page.locator("code").filter({ hasText: "tnt_" }).first().innerText()).trim();
    expect(renewed).not.toBe(secret);
    const next = aProgram(renewed, slug);
    expect([(await program("/images")).status, (await next("/images")).status]).toEqual([200, 200]);

    await page.getByRole("link", { name: "Back to API keys" }).click();
    await page.getByText("The previous secret works until").waitFor();
    await page.getByRole("link", { name: "Revoke API key: Nightly import" }).click();
    await page.getByRole("button", { name: "Revoke API key" }).click();
    await page.getByText(/^Revoked on /).waitFor();
    expect([(await program("/images")).status, (await next("/images")).status]).toEqual([401, 401]);
  });
}

test("a key whose permissions no longer open anything says so, in the person's language", async () => {
  const { db, person, organization } = await anOwner({ owns: ["Key Works"] });
  for (const [name, permissions] of [
    ["Nothing", ["member:leave", "fortune:tell"]],
    ["Something", ["member:leave", "dashboard:read"]],
  ] as const)
    await aKey(db, { organizationId: organization.id, name, permissions: [...permissions] });
  for (const [locale, tag] of [
    ["en-US", "en"],
    ["ar", "ar"],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale }));
    const { context, page } = visit;
    await signIn(context, person);
    await page.goto(`/organizations/${organization.slug}/keys`);
    const words = wordsOf(tag)("keys_opens_nothing");
    const key = (name: string) => page.getByRole("listitem").filter({ hasText: name }).first();
    await key("Nothing").getByText(words, { exact: true }).waitFor();
    expect(await key("Something").getByText(words).count()).toBe(0);
  }
});
