import path from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { Webhook } from "standardwebhooks";
import { expect, inject, test } from "vitest";
import { aReceiver } from "../../app/test/receivers.ts";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, onDisk, open } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { runCurl } from "./pasted-curl.ts";

const browser = openBrowser();

type Told = { type: string; actor: { kind: string; name: string; via: string | null }; target: { name: string } };

/** Makes a key on the page and returns its secret. */
async function makeKey(page: Page, slug: string, { name, may }: { name: string; may: string[] }) {
  await open(page, `/organizations/${slug}/keys/new`);
  await page.getByLabel("Name").fill(name);
  const gallery = page.getByRole("group", { name: "Gallery" });
  for (const each of may) await gallery.getByLabel(each).check();
  await page.getByRole("button", { name: "Create API key" }).click();
  await page.getByText("Copy the secret now. It isn’t shown again.").waitFor();
  return (await page.locator("code").filter({ hasText: "tnt_" }).first().innerText()).trim();
}

async function revokeKey(page: Page, slug: string, name: string) {
  await open(page, `/organizations/${slug}/keys`);
  await page.getByRole("link", { name: `Revoke API key: ${name}` }).click();
  await page.getByRole("button", { name: "Revoke API key" }).click();
  await page.waitForURL(`**/organizations/${slug}/keys`);
  await page
    .getByRole("listitem")
    .filter({ hasText: name })
    .getByText(/^Revoked on /)
    .waitFor();
}

/** Copies the line of an operation in the reference, and returns it from the clipboard. */
async function copyLine(page: Page, operation: string): Promise<string> {
  const article = page.getByRole("article", { name: operation });
  await article.getByRole("button", { name: "Copy" }).click();
  await article.getByText("Copied").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("an owner sets up a key, a webhook and an agent, sees what they do, and a revoked key stops working", async () => {
  const { person, organization } = await anOwner({ name: "Ada Owner", owns: ["Machine Works"] });
  const { slug } = organization;
  await using visit = await browser.visit(fromSomewhere({ permissions: ["clipboard-read", "clipboard-write"] }));
  const { context, page } = visit;
  await signIn(context, person);

  const secret = await makeKey(page, slug, { name: "Nightly import", may: ["View", "Create"] });
  await open(page, "/developers");
  const [list, upload] = [await copyLine(page, "images.list"), await copyLine(page, "images.create")];
  const { buffer } = await aSmallPicture("harbour");
  const [file = ""] = await onDisk({
    ...{ name: "image.jpg", mimeType: "image/jpeg" },
    buffer: await sharp(buffer).jpeg().toBuffer(),
  });
  const run = (line: string) =>
    runCurl(line.replace("/organizations/acme", `/organizations/${slug}`), {
      variables: { KEY: secret },
      folder: path.dirname(file),
    });
  const idsNow = async () => {
    const listed = await run(list);
    expect(listed.status).toBe(200);
    return ((await listed.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
  };
  expect(await idsNow()).toEqual([]);
  const uploaded = await run(upload);
  expect(uploaded.status).toBe(201);
  const { id: image } = (await uploaded.json()) as { id: string };
  expect(await idsNow()).toEqual([image]);

  await open(page, `/organizations/${slug}/audit`);
  const entry = page.getByRole("listitem").filter({ hasText: "Uploaded “image”" });
  await entry.getByText("Nightly import").waitFor();

  const receiver = aReceiver();
  await open(page, `/organizations/${slug}/webhooks/new`);
  await page.getByRole("textbox", { name: "URL" }).fill(receiver.url);
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("heading", { name: "Your new signing secret" }).waitFor();
  const verifier = new Webhook((await page.locator("code").textContent()) ?? "");
  /** The events about images and the organization's name that have arrived, each message once. */
  const told = async () => {
    const messages = (await receiver.received()).map(({ body, headers }) => {
      return [headers["webhook-id"], verifier.verify(body, headers) as Told] as const;
    });
    return [...new Map(messages).values()]
      .filter(({ type }) => /^(image|organization)\./.test(type))
      .map(({ type, actor: { kind, name, via }, target }) => [type, target.name, kind, name, via]);
  };

  await open(page, `/organizations/${slug}/settings`);
  const nameForm = page.locator("form").filter({ has: page.getByLabel("Name", { exact: true }) });
  await nameForm.getByLabel("Name", { exact: true }).fill("Machine Hall");
  await nameForm.getByRole("button", { name: "Save" }).click();
  const renamed = ["organization.renamed", "Machine Works", "person", "Ada Owner", null];
  await expect.poll(told).toEqual([renamed]);
  expect((await run(upload)).status).toBe(201);
  const created = ["image.created", "image", "key", "Nightly import", null];
  await expect.poll(told).toEqual([renamed, created]);

  const agentSecret = await makeKey(page, slug, { name: "Picture agent", may: ["View", "Edit"] });
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", inject("appUrl")), {
    requestInit: { headers: { Authorization: `Bearer ${agentSecret}` } },
  });
  const agent = new Client({ name: "Sketchbook", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await agent.connect(transport);
  await using _closing = { [Symbol.asyncDispose]: () => agent.close() };
  const rename = () => agent.callTool({ name: "images_update", arguments: { image, name: "Sea at dawn" } });
  expect((await rename()).isError).toBeUndefined();
  const byAgent = ["image.renamed", "image", "key", "Picture agent", "Sketchbook"];
  await expect.poll(told).toEqual([renamed, created, byAgent]);
  await open(page, `/organizations/${slug}/gallery`);
  await page.getByRole("heading", { name: "Sea at dawn" }).waitFor();

  await revokeKey(page, slug, "Nightly import");
  expect([(await run(list)).status, (await run(upload)).status]).toEqual([401, 401]);
  expect((await agent.listTools()).tools.map(({ name }) => name)).toContain("images_update");
  await revokeKey(page, slug, "Picture agent");
  await expect(rename()).rejects.toThrow("unauthenticated");
  await open(page, `/organizations/${slug}/gallery`);
  const images = await page.getByRole("main").getByRole("listitem").getByRole("heading").allInnerTexts();
  expect(images.sort()).toEqual(["Sea at dawn", "image"]);
  expect(await told()).toEqual([renamed, created, byAgent]);
});
