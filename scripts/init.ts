import path from "node:path";
import * as ask from "@clack/prompts";
import { localeNames, locales } from "../app/i18n/locale.ts";
import { flagsOf } from "./flags.ts";
import { type Choices, checks, choicesOf, type LookName, looks, slugOf } from "./init/choices.ts";
import { startProduct } from "./init/start.ts";
import { isDirty, stateOf } from "./init/state.ts";
import { inWords, Mistake } from "./mistake.ts";

const HELP = `npm run init                       asks for everything
npm run init -- --name Acme        asks nothing; options you leave out do not change

  --name      the product's name
  --slug      its short name in URLs, cookies and wrangler.toml (derived from the name)
  --domain    its domain, such as app.acme.com
  --sender    the sender of its emails, such as no-reply@acme.com
  --color     ${Object.keys(looks).join(", ")}
  --language  the default language: ${locales.join(", ")}
  --languages the languages people can choose, such as en,fr,de (default: all)
  --holder    your copyright line in LICENSE, beside ours
  --without-gallery   removes the example
  --dirty     runs with uncommitted changes`;

const root = path.join(import.meta.dirname, "..");

/** Returns the answer. Ends the command if the person cancels the question, as with Ctrl+C. */
function answered<T>(answer: T): Exclude<T, symbol> {
  if (!ask.isCancel(answer)) return answer as Exclude<T, symbol>;
  ask.cancel("Nothing was changed.");
  process.exit(1);
}

async function askFor(before: Choices): Promise<Choices> {
  const text = async (message: string, initial: string, check: (value: string) => string | undefined) =>
    answered(await ask.text({ message, initialValue: initial, validate: (value) => check(value ?? "") }));
  const name = await text("What is your product called?", "", checks.name);
  const slug = await text("Its short name, for URLs, cookies and wrangler.toml", slugOf(name), checks.slug);
  const domain = await text("Its domain, if you know it (app.acme.com)", before.domain ?? "", checks.domain);
  const sender = await text("The sender of its emails (no-reply@acme.com)", before.sender ?? "", checks.sender);
  const color = answered(
    await ask.select({
      message: "Its color",
      initialValue: before.color,
      options: (Object.keys(looks) as LookName[]).map((value) => ({ value, label: value })),
    }),
  );
  const languages = answered(
    await ask.multiselect({
      message: "The languages people can choose",
      initialValues: [...before.languages],
      options: locales.map((value) => ({ value, label: localeNames[value] })),
    }),
  );
  const language = answered(
    await ask.select({
      message: "The default language",
      initialValue: before.language,
      options: languages.map((value) => ({ value, label: localeNames[value] })),
    }),
  );
  const hasGallery =
    before.hasGallery &&
    answered(await ask.confirm({ message: "Keep the gallery (the example in the guides)?", initialValue: false }));
  const holder = await text("Your copyright line in LICENSE, beside ours (leave empty for none)", "", checks.holder);
  return {
    ...{ name, slug, color, language, languages, hasGallery },
    domain: domain || null,
    sender: sender || null,
    holder: holder || null,
  };
}

async function main() {
  const { values } = flagsOf({
    options: {
      name: { type: "string" },
      slug: { type: "string" },
      domain: { type: "string" },
      sender: { type: "string" },
      color: { type: "string" },
      language: { type: "string" },
      languages: { type: "string" },
      holder: { type: "string" },
      "without-gallery": { type: "boolean", default: false },
      dirty: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (!values.dirty && (await isDirty(root))) {
    throw new Mistake(
      "You have uncommitted changes. Commit them first, so that you can review what this changes, or use --dirty.",
    );
  }
  const before = await stateOf(root);
  const isAsked = process.argv.slice(2).every((each) => each === "--dirty");
  if (isAsked && !process.stdin.isTTY)
    throw new Mistake(`This is not an interactive terminal, so use options.\n\n${HELP}`);
  if (!isAsked && values.name === undefined && before.startedFrom === undefined) {
    throw new Mistake("Give the product a name: --name.");
  }
  const choices = isAsked ? await askFor(before) : choicesOf(values, before);
  for (const { title, isDone } of await startProduct(choices, root)) {
    console.log(`${isDone ? "no change" : "     done"}  ${title}`);
  }
  console.log("\nRead `git diff`, commit it, then: npm run dev. Next: docs/guides/make-it-yours.md");
}

await inWords(main);
