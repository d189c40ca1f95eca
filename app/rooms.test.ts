import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";
import routes from "./routes.ts";
import { type Import, importsOf, sourceFiles } from "./test/imports.ts";

/**
 * What each room may import. "gallery" is the whole room, "db/schema" a folder of it, "types of request" only what
 * leaves no trace in the compiled code. `workers/` and the tests may import anything.
 */
const DOMAINS = ["organizations", "gallery", "notifications", "account", "audit", "development"];
const SHOWN = ["dashboard", "gallery", "organizations", "organizations/settings", "audit"];
const WORKING = [...DOMAINS, "auth"];
const DECLARING = [...DOMAINS, "auth", "dashboard", "palette"];
const VOCABULARY = [
  ...["features.ts", "features.view.ts", "features.server.ts", "tenancy", "request/operations.server.ts"],
  ...["types of request", "request/plan.ts", "request/name.ts", "request/uploaded-image.ts"],
  ...["text", "request/email.ts", "request/page-number.ts", "request/redirect-to.ts"],
  ...["request/tokens.server.ts", "request/once.server.ts", "request/limits.server.ts"],
  ...["organizations/schemas.ts", "account/avatar-url.ts"],
];
const ADAPTERS = [
  "types of storage",
  "storage/image-type.ts",
  "storage/storage.ts",
  "types of db",
  "db/batch.server.ts",
  "db/schema",
  "db/search.server.ts",
  "mail/outbox.server.ts",
];
// A write brings its audit entry and its notifications in its own batch, so every domain knows how they are written.
const CONSEQUENCES = ["audit/entries.server.ts", "types of audit", "notifications/statements.server.ts"];
const DOMAIN = [...VOCABULARY, "change", ...ADAPTERS, "outside", "pictures", ...CONSEQUENCES, "ui", "i18n"];
const FRAME = ["product.ts", "request", "text", "ui", "i18n", "account", "query-client.ts"];

const MAY_IMPORT: Record<string, string[]> = {
  routes: [
    "product.ts",
    "tenancy",
    "request",
    "auth",
    "dashboard",
    "frame",
    "palette",
    ...DOMAINS,
    "types of storage",
    "pictures",
    "ui",
    "i18n",
    "query-keys.ts",
    "query-search.ts",
    "query-client.ts",
  ],
  request: [
    ...[
      "auth",
      "db",
      "i18n",
      "outside",
      "text",
      "types of storage",
      "types of pictures",
      "storage/storage.ts",
      "storage/image-type.ts",
      "types of account",
      "mail/limits.ts",
    ],
    "ui/line/seen-by.ts",
    "ui/line/confirmed.ts",
    "types of ui",
    "tenancy",
    "query-search.ts",
  ],
  // What domains declare of themselves is data, and lies below all rooms that make something of it.
  "features.ts": [...DECLARING.map((domain) => `${domain}/feature.ts`), "types of tenancy"],
  "features.view.ts": [...SHOWN.map((room) => `${room}/feature.view.ts`), "types of tenancy"],
  "features.server.ts": [...WORKING.map((domain) => `${domain}/feature.server.ts`), "types of tenancy"],
  tenancy: ["features.ts", ...["i18n", "db", "storage"].map((room) => `types of ${room}`)],
  // The one way to write: what it makes of a change stands above the steps and below the domains.
  change: [
    ...["tenancy", "audit/entries.server.ts", "types of audit", "notifications/statements.server.ts"],
    ...[
      "mail/outbox.server.ts",
      "types of mail",
      "db",
      "types of i18n",
      "request/inside.server.ts",
      "types of request",
    ],
  ],
  auth: [
    "product.ts",
    "change",
    ...VOCABULARY,
    "audit/entries.server.ts",
    "audit/log.server.ts",
    "db",
    "mail",
    "outside",
    "ui",
    "i18n",
  ],
  ...Object.fromEntries(DOMAINS.map((domain) => [domain, DOMAIN])),
  account: [...DOMAIN, "auth"],
  dashboard: [...DOMAIN, ...DOMAINS],
  // What stands around signed-in pages.
  frame: [...DOMAIN, "organizations", "notifications", "palette", "query-keys.ts", "query-client.ts"],
  palette: DOMAIN,
  storage: ["outside"],
  mail: ["db", "i18n", "outside", "tenancy", "text"],
  db: ["outside", "tenancy", "text"],
  outside: [],
  pictures: ["outside", "types of storage", "request/byte-reader.server.ts", "storage/image-type.ts", "i18n", "ui"],
  ui: ["product.ts", "i18n", "text"],
  i18n: ["features.ts", "product.ts", "text"],
  "product.ts": [],
  text: [],
  "query-search.ts": [],
  "query-keys.ts": [
    "ui/line",
    "types of request",
    ...["dashboard", "palette", ...DOMAINS].map((domain) => `types of ${domain}`),
  ],
  "query-client.ts": ["ui/line"],
  "routes.ts": [],
  "root.tsx": FRAME,
  "entry.server.tsx": FRAME,
  "entry.client.tsx": FRAME,
};

test("no room of app/ imports from a room it may not know", async () => {
  const files = await sourceFiles();
  expect(files.length).toBeGreaterThan(40);
  const imports = (await Promise.all(files.map(importsOf))).flat();
  expect(imports.filter((found) => !isAllowed(found)).map(describe)).toEqual([]);
});

test("routes/ holds what the URL table names, and nothing else", async () => {
  const files = (await sourceFiles()).filter((file) => roomOf(file) === "routes");
  expect(files.sort()).toEqual([...new Set(filesOf(routes))].sort());
});

function filesOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap(({ file, children = [] }) => [file, ...filesOf(children)]);
}

test("every room has its row, so a new one is a decision", async () => {
  const rooms = new Set((await sourceFiles()).map(roomOf));
  expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
});

test("a session of somebody signed in becomes more than it was in one place alone, where it gets a new token", async () => {
  const files = await sourceFiles();
  const texts = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), "utf8")));
  const writing = (pattern: RegExp) => files.filter((_file, index) => pattern.test(texts[index] ?? "")).sort();
  expect(writing(/provenAt: (?!session\.|instant|Date;)/)).toEqual([
    "auth/sessions/auth.server.ts",
    "auth/sessions/proofs.server.ts",
  ]);
  // Last seen and ended factors, which make it no more than it was.
  expect(writing(/update\(session\b|update session\b/)).toEqual([
    "auth/factors/authenticator.server.ts",
    "auth/sessions/identity.server.ts",
    "auth/sessions/proofs.server.ts",
    "request/access.server.ts",
  ]);
});

test("scopes and grants are made by the pipeline alone", async () => {
  const imports = (await Promise.all((await sourceFiles()).map(importsOf))).flat();
  const minting = imports.filter(({ to, typesOnly }) => to === "request/grant.server.ts" && !typesOnly);
  expect(minting.map(({ from }) => from)).toEqual(["request/pipeline.server.ts"]);
});

/** Times that a file asks for the database itself, where no tenant and no person can be the condition. Each says why. */
const OUTSIDE = {
  "account/email-changes.server.ts": 4,
  "account/export.server.ts": 1,
  "account/removal.server.ts": 1,
  "auth/factors/authenticator.server.ts": 2,
  "auth/factors/second-step.server.ts": 1,
  "auth/passkeys/passkeys.server.ts": 3,
  "auth/passwords/passwords.server.ts": 5,
  "auth/providers/social.server.ts": 3,
  "auth/sessions/proofs.server.ts": 1,
  "auth/sessions/sessions.server.ts": 1,
  "auth/sign-ups/sign-ups.server.ts": 8,
  "development/mailbox.server.ts": 2,
  "organizations/invitations/invitation-answers.server.ts": 4,
  "organizations/invitations/invitations.server.ts": 1,
  "organizations/members/member-writes.server.ts": 1,
  "organizations/memberships.server.ts": 1,
  "organizations/organizations.server.ts": 3,
  "organizations/settings/removal.server.ts": 1,
  "organizations/settings/setting-writes.server.ts": 1,
  "request/readiness.server.ts": 1,
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

test("entries, notifications and mails are written by a change, or by what no person does", async () => {
  const imports = (await Promise.all((await sourceFiles()).map(importsOf))).flat();
  const written = /^(audit\/entries|notifications\/statements|mail\/outbox)\.server\.ts$/;
  const writers = imports.filter(({ to, typesOnly }) => written.test(to) && !typesOnly).map(({ from }) => from);
  expect([...new Set(writers)].sort()).toEqual([
    // After the answer, whether the one who asks may or not.
    "auth/failed-attempts.server.ts",
    // A sign-in ends the session that the browser brought: nobody has a grant yet.
    "auth/sessions/identity.server.ts",
    "change/change.server.ts",
    // The schedule.
    "organizations/invitations/expiry.server.ts",
  ]);
});

test("the rule notices a wrong import", () => {
  const seen = (from: string, to: string, typesOnly = false) => isAllowed({ from, to, typesOnly });
  expect(seen("gallery/images.server.ts", "gallery/schemas.ts")).toBe(true);
  expect(seen("gallery/images.server.ts", "request/grant.server.ts", true)).toBe(true);
  expect(seen("gallery/images.server.ts", "request/grant.server.ts")).toBe(false);
  expect(seen("gallery/images.server.ts", "account/preferences.ts", true)).toBe(false);
  expect(seen("ui/button.tsx", "gallery/schemas.ts")).toBe(false);
  expect(seen("storage/storage.ts", "test/database.ts")).toBe(false);
});

const roomOf = (file: string) => file.split("/")[0] ?? file;

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === other || to.includes("+types/") || to.includes(".css")) return true;
  const may = MAY_IMPORT[room] ?? [];
  const isNamed = may.some((named) => to === named || to.startsWith(`${named}/`));
  return isNamed || (typesOnly && may.includes(`types of ${other}`));
}

const describe = ({ from, to, typesOnly }: Import) => `app/${from} imports ${typesOnly ? "types of " : ""}${to}`;
