import path from "node:path";
import * as ask from "@clack/prompts";
import { localeNames, locales } from "../app/i18n/locale.ts";
import { flagsOf } from "./flags.ts";
import { type Choices, checks, choicesOf, type LookName, looks, slugOf } from "./init/choices.ts";
import { startProduct } from "./init/start.ts";
import { isDirty, stateOf } from "./init/state.ts";
import { inWords, Mistake } from "./mistake.ts";

const HELP = `npm run init                       asks for everything
npm run init -- --name Acme        asks for nothing; what is left out stays as it is

  --name      what the product is called
  --slug      its name in addresses, cookies and wrangler.toml (made from the name)
  --domain    where it will answer, such as app.acme.com
  --sender    whom its mail comes from, such as no-reply@acme.com
  --color     ${Object.keys(looks).join(", ")}
  --language  for anyone who has chosen none: ${locales.join(", ")}
  --languages that people may choose, such as en,fr,de (all of them)
  --holder    stands beside ours in LICENSE
  --without-gallery   takes the example out
  --dirty     also where something is not committed`;

const root = path.join(import.meta.dirname, "..");

/** Ends the command, as Ctrl+C does, when a person ends a question. */
function answered<T>(answer: T): Exclude<T, symbol> {
  if (!ask.isCancel(answer)) return answer as Exclude<T, symbol>;
  ask.cancel("Nothing was changed.");
  process.exit(1);
}

async function askFor(before: Choices): Promise<Choices> {
  const text = async (message: string, initial: string, check: (value: string) => string | undefined) =>
    answered(await ask.text({ message, initialValue: initial, validate: (value) => check(value ?? "") }));
  const name = await text("What is your product called?", "", checks.name);
  const slug = await text("Its short name, for addresses, cookies and wrangler.toml", slugOf(name), checks.slug);
  const domain = await text("Its domain, if you know it (app.acme.com)", before.domain ?? "", checks.domain);
  const sender = await text("Its mail comes from (no-reply@acme.com)", before.sender ?? "", checks.sender);
  const color = answered(
    await ask.select({
      message: "Its colour",
      initialValue: before.color,
      options: (Object.keys(looks) as LookName[]).map((value) => ({ value, label: value })),
    }),
  );
  const languages = answered(
    await ask.multiselect({
      message: "The languages that people may choose",
      initialValues: [...before.languages],
      options: locales.map((value) => ({ value, label: localeNames[value] })),
    }),
  );
  const language = answered(
    await ask.select({
      message: "The one for anyone who has chosen none",
      initialValue: before.language,
      options: languages.map((value) => ({ value, label: localeNames[value] })),
    }),
  );
  const hasGallery =
    before.hasGallery &&
    answered(
      await ask.confirm({ message: "Keep the gallery, the example that documents follow?", initialValue: false }),
    );
  const holder = await text("Who stands beside us in LICENSE? (empty: nobody)", "", checks.holder);
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
      "Something here is not committed. Commit it first, so that you can read what changes; or say --dirty.",
    );
  }
  const before = await stateOf(root);
  const isAsked = process.argv.slice(2).every((each) => each === "--dirty");
  if (isAsked && !process.stdin.isTTY) throw new Mistake(`Nobody is here to be asked.\n\n${HELP}`);
  if (!isAsked && values.name === undefined && before.startedFrom === undefined) {
    throw new Mistake("Say what it is called: --name.");
  }
  const choices = isAsked ? await askFor(before) : choicesOf(values, before);
  for (const { title, isDone } of await startProduct(choices, root)) {
    console.log(`${isDone ? "already" : "   done"}  ${title}`);
  }
  console.log("\nRead `git diff`, commit it, then: npm run dev. Next: docs/guides/make-it-yours.md");
}

await inWords(main);
