import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";
import routes from "./routes.ts";
import { type Import, importsOf, sourceFiles } from "./test/imports.ts";

/** What each room may import. `workers/` and tests import anything. "types of" means type imports, which compile to nothing. */
const DOMAINS = globSync("*/feature.ts", { cwd: import.meta.dirname })
  .map((file) => path.dirname(file))
  .filter((room) => room !== "tenancy");
const FEATURES = ["features.ts", "features.view.ts", "features.news.ts", "features.server.ts"];
/** What every domain may import. The doors are not included: a domain knows nothing about HTTP. */
const GROUND = [
  ...["operation", "change", "fields", "tenancy", "db", "storage", "outside", "pictures", "ui", "i18n", "text"],
  ...[...FEATURES, "product.ts", "durations.server.ts", "tokens.server.ts"],
];
const ROOT = ["product.ts", "operation", "request", "text", "ui", "i18n"];

const MAY_IMPORT: Record<string, string[]> = {
  // The operations of the domains that programs reach.
  "api.ts": [...DOMAINS, "operation", "fields"],
  routes: [
    "api.ts",
    ...[
      ...DOMAINS,
      "developers",
      "development",
      "health",
      "frame",
      "request",
      "operation",
      "tenancy",
      "pictures",
      "ui",
      "i18n",
    ],
    ...["product.ts", "query-keys.ts", "query-search.ts", "query-client.ts"],
  ],
  // The frame around signed-in pages.
  frame: [...GROUND, "organizations", "notifications", "palette", "query-keys.ts", "query-client.ts"],
  ...Object.fromEntries([...DOMAINS, "development", "health"].map((domain) => [domain, GROUND])),
  // Shows something of all other domains.
  dashboard: [...GROUND, ...DOMAINS],
  // Shows the table of operations to developers.
  developers: [...GROUND, "request", "webhooks", "product.ts"],
  account: [...GROUND, "auth"],
  keys: [...GROUND, "key-secret.server.ts"],
  // An event is an entry of the log that is sent to the outside.
  webhooks: [...GROUND, "audit"],
  auth: [...GROUND, "audit", "mail"],
  // Shows the mails themselves.
  development: [...GROUND, "mail"],
  // People choose here which notifications they also get by mail.
  notifications: [...GROUND, "mail"],
  request: [
    ...[
      "operation",
      "auth",
      "fields",
      "tenancy",
      "db",
      "storage",
      "outside",
      "bytes",
      "text",
      "i18n",
      "durations.server.ts",
      "tokens.server.ts",
      "key-secret.server.ts",
    ],
    ...["product.ts", "query-search.ts", "ui", "types of account", "types of pictures", "types of webhooks"],
  ],
  // The only way to write. It builds on the operations, and the domains build on it.
  change: [
    "operation",
    "tenancy",
    "db",
    "mail",
    "durations.server.ts",
    "types of audit",
    "types of features.news.ts",
    "types of i18n",
  ],
  operation: [
    "fields",
    "tenancy",
    "db",
    "mail",
    "durations.server.ts",
    "tokens.server.ts",
    ...["auth", "request", "storage", "ui"].map((room) => `types of ${room}`),
  ],
  fields: ["text", "pictures", "i18n", "types of request", "types of operation"],
  "features.ts": [...DOMAINS, "types of tenancy"],
  "features.view.ts": [...DOMAINS, "types of tenancy"],
  "features.news.ts": [...DOMAINS, "types of tenancy"],
  "features.server.ts": [...DOMAINS, "types of tenancy"],
  tenancy: ["features.ts", ...["i18n", "db", "storage", "ui", "change", "operation"].map((room) => `types of ${room}`)],
  pictures: ["outside", "bytes", "storage", "ui", "i18n", "types of db"],
  storage: ["outside", "bytes", "durations.server.ts"],
  mail: ["product.ts", "db", "i18n", "outside", "tenancy", "text", "durations.server.ts", "tokens.server.ts"],
  db: ["outside", "pictures", "tenancy", "text"],
  ui: ["product.ts", "i18n", "text", "types of tenancy"],
  i18n: ["features.ts", "product.ts", "text", "durations.server.ts"],
  outside: [],
  bytes: [],
  text: [],
  "durations.server.ts": [],
  "tokens.server.ts": [],
  "key-secret.server.ts": ["tokens.server.ts"],
  "product.ts": ["types of i18n"],
  "query-search.ts": [],
  "query-keys.ts": ["ui", "types of operation", ...DOMAINS.map((domain) => `types of ${domain}`)],
  "query-client.ts": ["ui", "in-columns.ts"],
  "in-columns.ts": [],
  "routes.ts": [],
  "root.tsx": ROOT,
  "entry.server.tsx": ROOT,
  "entry.client.tsx": ROOT,
};

test("no room of app/ imports from a room it may not know", async () => {
  const files = await sourceFiles();
  expect(files.length).toBeGreaterThan(40);
  const imports = (await Promise.all(files.map(importsOf))).flat();
  expect(imports.filter((found) => !isAllowed(found)).map(describe), "MAY_IMPORT says what each may import").toEqual(
    [],
  );
});

test("value imports have no cycles, neither between files nor between rooms", async () => {
  const imports = (await Promise.all((await sourceFiles()).map(importsOf)))
    .flat()
    .filter(({ typesOnly }) => !typesOnly);
  expect(circlesIn(imports)).toEqual([]);
  // Rooms below the domains read what domains declare, and the lists of it, so these files do not count.
  const rooms = imports.filter(({ from, to }) => ![from, to].some((file) => FEATURE.test(file)));
  expect(circlesIn(rooms.map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) })))).toEqual([]);
});

const FEATURE = /(^|\/)features?(\.view|\.server)?\.ts$/;

/** Finds circular imports: removes, again and again, every file that imports nothing of what is left. Returns the rest. */
function circlesIn(edges: { from: string; to: string }[]): string[] {
  const left = new Set(edges.map(({ from }) => from));
  const inner = edges.filter(({ from, to }) => from !== to);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const file of left) if (!inner.some(({ from, to }) => from === file && left.has(to))) left.delete(file);
  }
  return [...left];
}

test("routes/ holds what the URL table names, and nothing else", async () => {
  const files = (await sourceFiles()).filter((file) => roomOf(file) === "routes");
  expect(files.sort()).toEqual([...new Set(filesOf(routes))].sort());
});

function filesOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap(({ file, children = [] }) => [file, ...filesOf(children)]);
}

test("every room has its row, so a new one is a decision", async () => {
  const rooms = new Set((await sourceFiles()).map(roomOf));
  expect(
    [...rooms].filter((room) => !(room in MAY_IMPORT)),
    "a domain has a feature.ts (docs/guides/add-a-resource.md); any other folder needs a line in MAY_IMPORT",
  ).toEqual([]);
});

test("a signed-in session gains rights in one place only, where it gets a new token", async () => {
  const files = await sourceFiles();
  const texts = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), "utf8")));
  const writing = (pattern: RegExp) => files.filter((_file, index) => pattern.test(texts[index] ?? "")).sort();
  expect(writing(/provenAt: (?!session\.|instant|Date;)/)).toEqual([
    // Names the field, so that the library leaves it out of the cookie.
    "auth/sessions/auth.server.ts",
    "auth/sessions/proofs.server.ts",
    "auth/sessions/sign-ins.server.ts",
  ]);
  // These record the last use, prolong a session or end a factor, which gives a session no more rights than it had.
  expect(writing(/update\(session\b|update session\b/)).toEqual([
    "auth/factors/authenticator.server.ts",
    "auth/passkeys/passkeys.server.ts",
    "auth/sessions/identity.server.ts",
    "auth/sessions/proofs.server.ts",
    "request/visits.server.ts",
  ]);
});

test("only the pipeline makes scopes and grants", async () => {
  const imports = (await Promise.all((await sourceFiles()).map(importsOf))).flat();
  const creating = imports.filter(({ to, typesOnly }) => to === "request/scope-and-grant.server.ts" && !typesOnly);
  expect(creating.map(({ from }) => from).sort()).toEqual(["request/grants.server.ts", "request/scopes.server.ts"]);
  const makers = imports.filter(({ to }) => to === "request/grants.server.ts" || to === "request/scopes.server.ts");
  expect(makers.map(({ from }) => from).sort()).toEqual([
    ...["request/authorize.server.ts", "request/preconditions.server.ts", "request/read.server.ts"],
  ]);
});

/** How often a file uses the database itself, since neither a tenant nor a person can be the condition. Each use says why. */
const OUTSIDE = {
  "account/email-changes.server.ts": 4,
  "account/export.server.ts": 1,
  "account/removal.server.ts": 1,
  "auth/codes/sign-in-codes.server.ts": 5,
  "auth/factors/authenticator.server.ts": 2,
  "auth/factors/remembered-devices.server.ts": 1,
  "auth/factors/second-step.server.ts": 3,
  "auth/passkeys/challenges.server.ts": 2,
  "auth/passkeys/passkeys.server.ts": 1,
  "auth/passwords/passwords.server.ts": 5,
  "auth/providers/social.server.ts": 3,
  "auth/sessions/known-devices.server.ts": 1,
  "auth/sessions/proofs.server.ts": 1,
  "auth/sessions/sessions.server.ts": 1,
  "auth/sign-ups/sign-ups.server.ts": 9,
  "development/mailbox.server.ts": 3,
  "gallery/trash.server.ts": 2,
  "health/operations.server.ts": 1,
  "notifications/mail-choices.server.ts": 1,
  "organizations/invitations/ending.server.ts": 1,
  "organizations/invitations/expiry.server.ts": 1,
  "organizations/invitations/invitation-answers.server.ts": 4,
  "organizations/invitations/invitation-writes.server.ts": 1,
  "organizations/invitations/invitations.server.ts": 1,
  "organizations/invite-links/joining.server.ts": 4,
  "organizations/members/member-writes.server.ts": 1,
  "organizations/memberships.server.ts": 1,
  "organizations/organizations.server.ts": 3,
  "organizations/settings/removal.server.ts": 1,
  "organizations/settings/setting-writes.server.ts": 1,
};

test("everything that steps outside the tenant is listed here", async () => {
  const files = await sourceFiles();
  const counts = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(import.meta.dirname, file), "utf8");
      return [file, [...text.matchAll(/\bunsafe\(\s*(?!reason|_reason)/g)].length] as const;
    }),
  );
  expect(Object.fromEntries(counts.filter(([, times]) => times > 0))).toEqual(OUTSIDE);
});

test("entries, notifications and mails are written only by a change, or by the files listed here", async () => {
  const imports = (await Promise.all((await sourceFiles()).map(importsOf))).flat();
  const written = /^(change\/entries|change\/news|mail\/outbox)\.server\.ts$/;
  const writers = imports.filter(({ to, typesOnly }) => written.test(to) && !typesOnly).map(({ from }) => from);
  expect([...new Set(writers)].sort()).toEqual([
    // Runs after the response, whether the caller has access or not.
    "auth/failed-attempts.server.ts",
    // A sign-in ends the session that the browser sent. There is no grant yet.
    "auth/sessions/sign-ins.server.ts",
    "change/change.server.ts",
    // Run by the schedule.
    "organizations/invitations/expiry.server.ts",
  ]);
});

test("no link lets the router load code ahead, since it reloads the page where that fails", async () => {
  const files = (await sourceFiles()).filter((file) => file.endsWith(".tsx"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), "utf8")));
  expect(files.filter((_, index) => /\bprefetch=|PrefetchPageLinks/.test(texts[index] ?? ""))).toEqual([]);
});

test("the rule notices a wrong import", () => {
  const seen = (from: string, to: string, typesOnly = false) => isAllowed({ from, to, typesOnly, isLazy: false });
  expect(seen("audit/log.server.ts", "audit/schemas.ts")).toBe(true);
  expect(seen("audit/log.server.ts", "operation/grant.server.ts")).toBe(true);
  expect(seen("audit/log.server.ts", "request/doors.server.ts")).toBe(false);
  expect(seen("audit/log.server.ts", "account/preferences.ts", true)).toBe(false);
  expect(seen("fields/uploaded-image.ts", "request/body/incoming-file.server.ts", true)).toBe(true);
  expect(seen("fields/uploaded-image.ts", "request/body/incoming-file.server.ts")).toBe(false);
  expect(seen("ui/button.tsx", "audit/schemas.ts")).toBe(false);
  expect(seen("storage/storage.ts", "test/database.ts")).toBe(false);
});

const roomOf = (file: string) => file.split("/")[0] ?? file;

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === other || to.includes("+types/") || to.includes(".css")) return true;
  const may = MAY_IMPORT[room] ?? [];
  return may.includes(other) || (typesOnly && may.includes(`types of ${other}`));
}

const describe = ({ from, to, typesOnly }: Import) => `app/${from} imports ${typesOnly ? "types of " : ""}${to}`;
