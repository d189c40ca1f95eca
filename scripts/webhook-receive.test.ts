import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { tokenFor } from "#app/tokens.server.ts";
import { eventBody } from "#app/webhooks/payload.server.ts";
import { signatures, webhookSecret } from "#app/webhooks/secrets.server.ts";
import { keptSecret } from "./auth-secret.ts";
import { DEMO_SECRET_NAME } from "./seed/webhook.ts";

const ROOT = path.join(import.meta.dirname, "..");
const SCRIPT = path.join(import.meta.dirname, "webhook-receive.ts");

const receive = (dataDir: string, secrets: string[] = []) => listening([SCRIPT, ...secrets], { DATA_DIR: dataDir });

/** Starts a Node program. Resolves with its output so far and the URL that it prints. */
async function listening(args: string[], variables: Record<string, string>) {
  const env = { PATH: process.env.PATH, PORT: "0", ...variables };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    child.kill();
    await once(child, "exit");
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (words: string) => {
    said += words;
  });
  const listensAt = () => /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? "";
  await expect.poll(listensAt).not.toBe("");
  return { url: listensAt(), said: () => said };
}

type Message = { id?: string; seconds?: number; body?: string };

const renamed = eventBody(
  {
    ...{ type: "image.renamed", id: "entry-1", at: new Date("2026-03-01T12:00:00Z") },
    organization: { id: "organization-1", name: "Acme Outdoors", slug: "acme" },
    actor: { kind: "person", id: "person-1", name: "Olivia Marsh", via: null },
    target: { id: "image-1", name: "Lake" },
    ...{ before: { name: "Sea" }, after: { name: "Lake" } },
  },
  { seesAddresses: false },
);

/** Sends a message as the product does. `sent` is the body that arrives, if it is not the one that was signed. */
async function send(url: string, secrets: string[], { sent, ...message }: Message & { sent?: string } = {}) {
  const { id = `msg_${randomUUID()}`, seconds = Math.floor(Date.now() / 1000), body = renamed } = message;
  const signature = signatures({ id, seconds, body }, secrets);
  const headers = { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signature };
  return (await fetch(url, { method: "POST", headers, body: sent ?? body })).status;
}

async function aDataFolder() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-receive-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const kept = await keptSecret(dataDir);
  return { dataDir, secretOf: (name: string) => webhookSecret((each) => tokenFor(kept, each), name) };
}

test("the receiver knows the demo's secret, prints each event in readable form and marks a repeated message", async () => {
  const { dataDir, secretOf } = await aDataFolder();
  const { url, said } = await receive(dataDir);
  const message = { id: "msg_1" };
  const secrets = [secretOf(DEMO_SECRET_NAME)];
  expect([await send(url, secrets, message), await send(url, secrets, message)]).toEqual([204, 204]);
  const line = "2026-03-01T12:00:00.000Z  image.renamed: “Lake” by Olivia Marsh, in Acme Outdoors";
  await expect.poll(said).toContain(`${line}\n  name: "Sea" → "Lake"\n  msg_1\n`);
  await expect.poll(said).toContain(`${line} (again)\n`);
});

test("the receiver rejects a wrong signature, an old timestamp and missing headers, and says why", async () => {
  const { dataDir, secretOf } = await aDataFolder();
  const [ours, former] = [secretOf("ours"), secretOf("former")];
  const { url, said } = await receive(dataDir, [ours]);
  expect(await send(url, [former])).toBe(401);
  expect(await send(url, [secretOf(DEMO_SECRET_NAME)])).toBe(401);
  await expect.poll(said).toContain("refused: No matching signature found");
  expect(await send(url, [ours], { sent: renamed.replace("Lake", "Pond") })).toBe(401);
  expect(await send(url, [ours], { seconds: Math.floor(Date.now() / 1000) - 600 })).toBe(401);
  await expect.poll(said).toContain("refused: Message timestamp too old");
  expect((await fetch(url)).status).toBe(401);
  await expect.poll(said).toContain("refused: Missing required headers");
  expect(said()).not.toContain("image.renamed");
  expect(await send(url, [ours, former]), "it is signed with both secrets, as in the day after a rotation").toBe(204);
});

test("the receiver starts without earlier data, and explains a used port or a wrong argument", async () => {
  const { dataDir } = await aDataFolder();
  const { url } = await receive(path.join(dataDir, "not-there-yet"));
  const { port } = new URL(url);
  const start = (env: Record<string, string>, ...typed: string[]) =>
    promisify(execFile)(process.execPath, [SCRIPT, ...typed], {
      ...{ cwd: ROOT, env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env } },
    });
  const said = (stderr: string) => ({ code: 1, stderr: expect.stringContaining(stderr) });
  await expect(start({ PORT: port })).rejects.toMatchObject(said(`Port ${port} is in use. Choose another one: PORT=`));
  await expect(start({ PORT: "x" })).rejects.toMatchObject(said("PORT is “x”."));
  await expect(start({}, "foo")).rejects.toMatchObject(said("“foo” is not a webhook secret."));
});

test("the receiver in the guide handles a signed message once and rejects all other requests", async () => {
  const { secretOf } = await aDataFolder();
  const guide = await readFile(path.join(ROOT, "docs/guides/webhooks.md"), "utf8");
  const [, code = ""] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const secret = secretOf("ours");
  const { url, said } = await listening(["--input-type=module", "--eval", code], { WEBHOOK_SECRET: secret });
  const statuses = [
    await send(url, [secretOf("former"), secret], { id: "msg_1" }),
    await send(url, [secret], { id: "msg_1" }),
    await send(url, [secretOf("former")]),
    await send(url, [secret], { sent: renamed.replace("Lake", "Pond") }),
    (await fetch(url)).status,
  ];
  expect(statuses).toEqual([204, 204, 401, 401, 401]);
  expect(said().match(/image\.renamed Lake/g)).toHaveLength(1);
});
