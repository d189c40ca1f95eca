import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { filesOf } from "./generate/files.ts";
import { generatedIn, stillNaming } from "./generate/generated.ts";
import { obstacleTo } from "./generate/obstacles.ts";
import phrases from "./generate/phrases.json" with { type: "json" };
import { isMultipart, namesOf, resourceOf } from "./generate/spec.ts";
import { addResource, removeResource, sentTo } from "./generate.ts";
import { Mistake } from "./mistake.ts";
import { aCopy } from "./prove-start/copy.ts";
import { oddResources } from "./prove-start/resources.ts";
import { ROOT } from "./tools.ts";

/** One test with one copy, since the checks go through the whole tree and take most of the time. */
test("three generated resources replace the example, pass all checks and tests, and are removed without a trace", {
  timeout: 1_800_000,
}, async () => {
  await using copy = await aCopy("generated");
  const { root, git, node, commit, check, failing } = copy;
  const hasExample = existsSync(path.join(root, "scripts/remove-domain.ts"));
  if (hasExample) await node("scripts/remove-domain.ts", "gallery");
  await commit("Without the example");
  for (const each of oddResources) {
    const written = await addResource(resourceOf({ ...each, generated: generatedIn(root) }), root);
    expect([each.name, written.includes("app/api.ts")]).toEqual([each.name, each.name !== "bug-reports"]);
  }
  await check();
  const kept = ["app/rooms.test.ts", "app/routes.test.ts", "app/i18n/messages.test.ts"];
  await node("node_modules/vitest/vitest.mjs", "run", "--project", "node", ...kept);
  const names = oddResources.map(({ name }) => name);
  // Of the tests that run for each door and each API row, and end with its name, only those of the new resources.
  const sought = `^(?!.*: ((GET|POST) of )?[\\w./-]+$)|\\b(${names.join("|")})[./]`;
  const files = [
    ...names.map((name) => `app/${name}/`),
    "app/promises/",
    "app/api.test.ts",
    "app/account",
    "app/developers",
  ];
  expect(await failing("worker", files, sought)).toEqual([]);

  const [first, ...others] = oddResources;
  await expect(removeResource(first.name, root)).rejects.toThrow("others refer to it: bug-reports, classes.");
  for (const { name } of others.toReversed()) await removeResource(name, root);
  await commit("Add one");
  await removeResource(first.name, root);
  await commit("Take it out");
  const left = (await git("diff", "--name-only", "HEAD~2")).split("\n").filter(Boolean);
  expect(left.filter((file) => !file.startsWith("migrations/"))).toEqual([]);
  const [added = "", dropped = "", ...more] = left.filter((file) => file.endsWith(".sql"));
  expect([added.slice(16), dropped.slice(16), more]).toEqual([`${first.name}.sql`, `without-${first.name}.sql`, []]);
  expect(await readFile(path.join(root, dropped), "utf8")).toMatch(/DROP TABLE `note`/);
  const example = await git("log", "-1", "--format=", "--name-only", "HEAD~2", "--", "migrations/*.sql");
  expect(hasExample ? await readFile(path.join(root, example.trim()), "utf8") : "DROP TABLE `image`").toContain(
    "DROP TABLE `image`",
  );
});

test("the phrase book has the same keys in each language, and no French punctuation wraps onto its own line", () => {
  const { en, fr, "fr-BE": be } = phrases;
  for (const [locale, words] of Object.entries(phrases)) expect(Object.keys(words), locale).toEqual(Object.keys(en));
  const said = [fr, be].flatMap((words) => Object.values(words));
  expect(said.filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
});

test("the log, the dashboard and notifications say what kind of thing was added, in each language", () => {
  for (const locale of Object.values(phrases)) {
    for (const text of [locale.did_add, locale.did_change, locale.did_remove, locale.did_restore, locale.told_added])
      expect(text).toMatch(/\{(one|lower)\}/);
  }
});

const notes = {
  many: namesOf("notes", "List"),
  table: "note",
  area: "notes",
  title: "title",
  unique: [],
  icon: "table",
};

test("a generated resource has the first icon that no other one has", () => {
  const iconAfter = (...icons: string[]) =>
    resourceOf({ name: "tasks", fields: "title:text!", generated: icons.map((icon) => ({ ...notes, icon })) }).icon;
  expect([iconAfter(), iconAfter("table"), iconAfter("folder"), iconAfter("table", "folder")]).toEqual([
    "table",
    "folder",
    "table",
    "tag",
  ]);
});

test("a wrong name, field or option is rejected with the reason, and nothing is written", async () => {
  const generated = [notes];
  const wrong = (asked: Partial<Parameters<typeof resourceOf>[0]>) => () =>
    resourceOf({ name: "tasks", fields: "title:text!", ...asked });
  for (const [asked, words] of [
    [{ name: "Tasks" }, "“Tasks” is not a valid name."],
    [{ name: "news" }, "--one news-item"],
    [{ fields: "" }, "One field must be a required text"],
    [{ fields: "title:text" }, "One field must be a required text"],
    [{ fields: "title:text(256)!" }, "A text of more than 255 characters has several lines, so it is no name"],
    [{ fields: "title:text!, one:text(20000), other:text(1000)" }, "up to 21,000 characters"],
    [{ fields: "title:text!, one:text(20001)" }, "“one:text(20001)”: a text can have up to 20,000 characters."],
    [{ fields: "title:text(0)!" }, "“title:text(0)!”: a text can have up to 20,000 characters."],
    [{ fields: "title:text(1.5)!" }, "“title:text(1.5)!”: a text can have up to 20,000 characters."],
    [{ fields: "title" }, "“title” is not a field."],
    [{ fields: "title:words!" }, "“title:words!” has an unknown type."],
    [{ fields: "title:text!, id:number" }, "Every row already has “id”."],
    [{ fields: "title:text!, title:text" }, "The field “title” appears twice."],
    [{ fields: "title:text!, owner:member!" }, "a member cannot be required."],
    [{ fields: "title:text!, state:choice(a|a)" }, "the choice “a” appears twice."],
    [{ fields: "title:text!, state:choice(low-key|low), stateLow:choice(key|a)" }, "share the text “state_low”."],
    [{ fields: "title:text!, toString:text" }, "Every JavaScript object already has “toString”."],
    [{ fields: "title:text!, constructor:number" }, "Every JavaScript object already has “constructor”."],
    [{ fields: "title:text!, authorName:text" }, "Every row already has “authorName”."],
    [{ fields: "title:text!, task:number" }, "“task” is the name of the resource in URLs."],
    [{ fields: "title:text!, owner:member, ownerName:text" }, "“ownerName” is already used for the name of “owner”."],
    [{ fields: "title:text!, note:reference(notes), noteName:text", generated }, "“noteName” is already used"],
    [
      { fields: "title:text!, note:reference(notes)" },
      "there is no generated resource “notes” to refer to. Generate it",
    ],
    [{ fields: "title:text!, note:reference(tasks)", generated }, "“tasks” to refer to. There is: notes."],
    [{ fields: "title:text!, note:reference", generated }, "no generated resource “”"],
    [{ fields: "title:text!, note:notes", generated }, "“note:notes” has an unknown type."],
    [{ fields: "title:text!, code:unique(9), codeFolded:text" }, "“codeFolded” is already used to compare “code”."],
    [{ fields: "title:text!, code:unique" }, "a unique text can have 8 to 255 characters"],
    [{ fields: "title:text!, code:unique(256)" }, "such as unique(20)."],
    [{ fields: "title:text!, code:unique(7)" }, "a unique text can have 8 to 255 characters"],
    [{ fields: "title:text!, code:unique(8.5)" }, "a unique text can have 8 to 255 characters"],
    [{ fields: "title:text!, size:number(5)" }, "“size:number(5)” has an unknown type."],
    [{ fields: "title:text!, done:boolean!" }, "a boolean always has a value"],
    [{ fields: "title:text!, words:text[]!" }, "a text[] always has a value"],
    [{ fields: "title:text!, words:tags!" }, "a tags always has a value"],
    [{ fields: "title:text!, price:money(XXX)" }, "give the currency as an ISO 4217 code"],
    [{ fields: "title:text!, price:money(DEM)" }, "give the currency as an ISO 4217 code"],
    [{ fields: "title:text!, price:money" }, "give the currency as an ISO 4217 code"],
    [{ fields: "title:text!, cover:image, coverRemoved:boolean" }, "the checkbox that removes “cover”."],
    [{ fields: "title:text!, a:image, b:image, c:image, d:image, e:image" }, "A resource can have up to 4 images."],
    [{ access: "everyone" }, "--access is one of own, any, admins."],
    [{ without: ["words"] }, "“words” cannot be left out."],
    [{ fields: "title:text!, paid_on:date" }, "“paid_on” is not a valid name"],
    [{ fields: "title:text!, state:choice(draft)" }, "give two choices or more"],
    [{ fields: "title:text!, state:choice(Draft|sent)" }, "write the choices in lowercase letters"],
    [{ name: "task" }, "Give the plural: resource tasks"],
    [{ name: "sheep" }, "Give the name of a single one: --one sheep-item"],
  ] as const) {
    expect(wrong(asked), JSON.stringify(asked)).toThrow(Mistake);
    expect(wrong(asked), JSON.stringify(asked)).toThrow(words);
  }
  const tree = async () => (await promisify(execFile)("git", ["status", "--porcelain"], { cwd: ROOT })).stdout;
  const before = await tree();
  const adding = addResource(resourceOf({ name: "members", fields: "name:text!" }), ROOT);
  await expect(adding).rejects.toThrow(Mistake);
  await expect(adding).rejects.toThrow("Choose another name.");
  const removing = removeResource("dashboard", ROOT);
  await expect(removing).rejects.toThrow(Mistake);
  await expect(removing).rejects.toThrow("There is no generated resource “dashboard”.");
  expect(await tree()).toBe(before);
});

test("fields at the limits are accepted, and names that are taken only beside fields of other types", () => {
  const kindsOf = (fields: string) => resourceOf({ name: "tasks", fields }).fields.map(({ kind }) => kind);
  expect(kindsOf("a:text(1)!, b:text(255), c:text(256), d:unique(8), e:unique(255)")).toEqual([
    ...[1, 255].map((maximum) => ({ name: "line", maximum })),
    { name: "lines", maximum: 256 },
    ...[8, 255].map((maximum) => ({ name: "line", maximum, isUnique: true })),
  ]);
  expect(kindsOf("title:text(200)!, one:text(20000), two:text(800)"), "21,000 characters").toHaveLength(3);
  expect(kindsOf("title:text!, a:image, b:image, c:image, d:image")).toHaveLength(5);
  expect(kindsOf("title:text!, state:choice(low | high)")[1]).toEqual({ name: "choice", choices: ["low", "high"] });
  expect(kindsOf("title:text!, color:text, colorName:text, colorFolded:text, colorRemoved:boolean")).toHaveLength(5);
  expect(isMultipart(resourceOf({ name: "tasks", fields: "title:text(100)!, body:text(5200)" }))).toBe(false);
});

test("only a resource that names members tells them of it, unless that is left out", () => {
  const telling = (fields: string, without: string[] = []) =>
    resourceOf({ name: "tasks", fields, without }).hasNotifications;
  expect([telling("title:text!"), telling("title:text!, owner:member")]).toEqual([false, true]);
  expect(telling("title:text!, owner:member", ["notifications"])).toBe(false);
});

test("a name of several words is spelled as each place needs it, and never like a word of the code", () => {
  const { many, one, area, fields } = resourceOf({ name: "bug-reports", fields: "paid-on:text!" });
  const words = { kebab: "bug-reports", snake: "bug_reports", words: "Bug reports" };
  expect(many).toEqual({ ...words, camel: "bugReports", pascal: "BugReports" });
  expect([one.camel, area, fields[0]?.name, fields[0]?.column]).toEqual([
    ...["bugReport", "bugreports", "paidOn", "paid_on"],
  ]);
  expect([namesOf("events", "List").camel, namesOf("event", "Item").camel]).toEqual(["eventsList", "eventItem"]);
});

test("the tests of the API change what they made, even if all fields are required", () => {
  const sent = (fields: string) => sentTo(resourceOf({ name: "tasks", fields }));
  expect(sent("title:text!, due:date!")).toMatchObject({
    create: '{ title: "Some title", due: "2026-11-26" }',
    update: '{ title: "Other title", due: "2026-11-26" }',
  });
  expect(sent("title:text(3)!").update).toBe('{ title: "Oth" }');
});

test("a list names choices without loading the form and its pictures", () => {
  const files = filesOf(resourceOf({ name: "tasks", fields: "title:text!, state:choice(open|done)!, cover:image" }));
  const view = files.find(({ path: file }) => file.endsWith("tasks-view.tsx"))?.content;
  expect(view).toContain('from "./choice-names.ts"');
  expect(view).not.toContain("task-form");
});

test("a form is multipart if its texts could exceed 64 kB in some script, or if it has an image", () => {
  const sentIn = (fields: string) => isMultipart(resourceOf({ name: "tasks", fields }));
  expect(["title:text!, body:text(5000)", "title:text!, size:number, body:text(20000)"].map(sentIn)).toEqual([
    false,
    true,
  ]);
  expect(sentIn("title:text!, cover:image")).toBe(true);
});

test("a name that something else has is refused: tables, addresses, schemas of the API, and names in code", () => {
  const obstacle = (name: string, more = {}) =>
    obstacleTo(resourceOf({ name, fields: "title:text!, done:boolean, owner:member", ...more }), ROOT) ?? "nothing";
  for (const name of ["users", "accounts", "sessions", "verifications", "api-keys", "search-texts", "rate-limits"])
    expect(obstacle(name), name).toContain("There is a table");
  expect(obstacle("audit-entries")).toContain("There is a table");
  for (const name of ["entries", "deliveries", "problems"]) {
    expect(obstacle(name), name).toContain("The API has a schema");
    expect(obstacle(name, { without: ["api"] }), name).toBe("nothing");
  }
  for (const name of ["plans", "forms", "icons", "dates", "numbers", "maps", "data", "records"])
    expect(obstacle(name), name).toContain("has another meaning in the code");
  for (const name of ["members", "settings", "people", "promises"])
    expect(obstacle(name), name).toMatch(/Choose another name\.$/);
  expect(obstacle("domains")).toContain("has another meaning in app/features.ts");
  expect(obstacle("messages")).toContain("is a parameter of other addresses");
  expect(obstacle("plans", { one: "price-plan" })).toBe("nothing");
  for (const name of ["projects", "labels", "bug-reports", "orders"]) expect(obstacle(name), name).toBe("nothing");
});

test("removing a resource names the files of one's own that still use it", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "app-uses-"));
  const texts = {
    "app/dashboard/shown.tsx": 'import { Open } from "#app/notes/figures.tsx";',
    "app/routes.ts": 'route("pay", "routes/organizations/notes.pay.ts")',
    "e2e/own.test.ts": 'import { furnish } from "./notes/furnish.ts";',
    "app/tools.test.ts": 'const NO_TOOL = { "notes.delete": "An agent could not restore it." };',
    "app/palette/own.ts": 'const permission = "notes:read";',
    "app/mail/templates.ts": 'const templates = { "note-shared": template({ subject: () => m.mail_note_shared() }) };',
    "app/mail/limits.ts": 'const other = "denote-this";',
    "app/routes/files/logo.ts": "",
    "app/logos.test.ts": 'import { loader } from "#app/routes/files/logo.ts"; import "./routes/files/logo.ts";',
    "app/files-own.ts": 'import { file } from "./db/schema/files.ts";',
    "app/other.ts":
      '// A footnotes/notes matter.\nimport "#app/footnotes/list.ts"; import "#app/ui/notes.ts"; const a = "x/notes/y", b = "note-pad";',
  };
  for (const [file, text] of Object.entries(texts)) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  const named = [
    "app/dashboard/shown.tsx",
    "app/mail/templates.ts",
    "app/palette/own.ts",
    "app/routes.ts",
    "app/tools.test.ts",
  ];
  expect(stillNaming({ name: "notes", table: "note" }, root)).toEqual([...named, "e2e/own.test.ts"]);
  expect(stillNaming({ name: "files", table: "file" }, root), "a folder of the base").toEqual(["app/files-own.ts"]);
  await rm(root, { recursive: true });
});

test("a resource has its texts in a language that a product has added, in English and marked", async () => {
  await using copy = await aCopy("language");
  const texts = path.join(copy.root, "app/i18n/messages");
  await writeFile(path.join(texts, "common/nl.json"), "{}");
  await addResource(resourceOf({ name: "ideas", fields: "title:text!" }), copy.root);
  const inDutch = JSON.parse(await readFile(path.join(texts, "ideas/nl.json"), "utf8"));
  expect(inDutch).toMatchObject({ ideas_place: "[en] Ideas", ideas_save: "[en] Save" });
  expect(existsSync(path.join(texts, "ideas/zh.json"))).toBe(true);
});

test("a wrong argument gets a clear message without a stack trace", async () => {
  const said = async (script: string, ...typed: string[]) => {
    const running = promisify(execFile)(process.execPath, [path.join(ROOT, script), ...typed], { cwd: ROOT });
    const { code, stderr } = await running.then(() => ({ code: 0, stderr: "" }));
    return `${code} ${stderr}`;
  };
  const fails = (words: string) => ({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`^${words}(?![\\s\\S]*\\n +at )`)),
  });
  const generate = (...typed: string[]) => expect(said("scripts/generate.ts", ...typed)).rejects;
  await Promise.all([
    generate("resources", "notes").toMatchObject(fails("“resources” cannot be generated")),
    generate("resource").toMatchObject(fails("Give the plural name")),
    generate("resource", "bug", "reports").toMatchObject(fails("“reports” is too much")),
    generate("resource", "notes", "--nam").toMatchObject(fails("Unknown option '--nam'. See --help")),
    generate("resource", "notes", "--fields").toMatchObject(
      fails("Option '--fields <value>' argument missing. See --help"),
    ),
  ]);
});
