import { locales } from "../../app/i18n/locale.ts";
import { type Choices, looks } from "./choices.ts";

/** `app/product.ts` with these choices. */
export function productOf(text: string, { name, slug, color, language }: Choices): string {
  const values = {
    PRODUCT_NAME: name,
    PRODUCT_SLUG: slug,
    PRODUCT_COLOR: looks[color].light,
    PRODUCT_COLOR_DARK: looks[color].dark,
    DEFAULT_LOCALE: language,
  };
  return Object.entries(values).reduce(
    (left, [constant, value]) =>
      left.replace(new RegExp(`(export const ${constant}\\b[^=]*= )"[^"]*"`), `$1"${value}"`),
    text,
  );
}

export function productCssOf(text: string, before: Choices, { slug, color }: Choices): string {
  const { hue, lightChroma, darkChroma } = looks[color];
  return text
    .replace(`[data-color="${before.slug}"]`, `[data-color="${slug}"]`)
    .replace(/--hue: [\d.]+/, `--hue: ${hue}`)
    .replace(/--light-chroma: [\d.]+/, `--light-chroma: ${lightChroma}`)
    .replace(/--dark-chroma: [\d.]+/, `--dark-chroma: ${darkChroma}`);
}

/** `wrangler.toml` with these choices: the names of the Worker, its bucket and its queue, and what a deploy needs. */
export function wranglerOf(text: string, before: Choices, { name, slug, domain, sender, languages }: Choices): string {
  const renamed = text
    .replaceAll(new RegExp(`\\b${before.slug}(?=["-]|\\.example|\\.<account>)`, "g"), slug)
    .replace(/^(MAIL_FROM = ")[^"]*(")/m, (_, start: string, end: string) => {
      const address = sender ?? "no-reply@example.com";
      return `${start}${name} <${address}>${end}`;
    })
    .replaceAll(
      /^LANGUAGES = .*$/gm,
      `LANGUAGES = "${languages.length === locales.length ? "" : languages.join(" ")}"`,
    );
  if (domain === null) return renamed;
  const [top = "", production = ""] = renamed.split(/(?=^\[env\.production\.vars\])/m);
  const routed = top.replace(/^(# )?routes = .*$/m, `routes = [{ pattern = "${domain}", custom_domain = true }]`);
  return routed + production.replace(/^APP_URL = .*$/m, `APP_URL = "https://${domain}"`);
}

/** `package.json` with the product's name and, from the first start on, the commit that it was started from. */
export function packageOf(text: string, { slug }: Choices, startedFrom: string | null): string {
  const named = text.replace(/^( {2}"name": )"[^"]*"/m, `$1"${slug}"`);
  if (startedFrom === null || named.includes('"startedFrom"')) return named;
  return named.replace(/^( {2}"private": true,)$/m, `$1\n  "startedFrom": "${startedFrom}",`);
}

export function lockOf(text: string, before: Choices, { slug }: Choices): string {
  const [head, ...rest] = text.split('"license"');
  return [head?.replaceAll(`"name": "${before.slug}"`, `"name": "${slug}"`), ...rest].join('"license"');
}

/** Our copyright line is the last one. A line before it is the product's and gets the new holder. */
export function licenceOf(text: string, holder: string, year: number): string {
  const theirs = /^Copyright \(c\) (\d+) .*\n(?=Copyright )/m;
  if (theirs.test(text)) return text.replace(theirs, (_, since: string) => `Copyright (c) ${since} ${holder}\n`);
  return text.replace(/^Copyright /m, () => `Copyright (c) ${year} ${holder}\nCopyright `);
}

/** Reduces the footer of public pages to the product's name. */
export function footerOf(text: string): string {
  return text.replace(/("common_footer_note": ")[^"]*"/, '$1{product}"');
}

function exampleOf(hasGallery: boolean): string {
  return hasGallery
    ? "The gallery (`app/gallery/`) is the example that documents follow; `npm run remove-domain -- gallery` takes it out."
    : "The example that documents follow, the gallery, was taken out here. To read a file of it, name the commit below: `git show <commit>:app/gallery/operations.server.ts`. `docs/taken-out.json` lists what the documents name of it.";
}

/** Updates only what a start wrote into the README, since people may have edited the rest. */
export function readmeAgain(text: string, before: Choices, { name, hasGallery }: Choices): string {
  const [heading = "", ...rest] = text.split("\n");
  const again = [heading === `# ${before.name}` ? `# ${name}` : heading, ...rest].join("\n");
  return again.replace(exampleOf(before.hasGallery), exampleOf(hasGallery));
}

/** The README of a product that has just been started. */
export function readmeOf({ name, hasGallery }: Choices, origin: string, startedFrom: string): string {
  return `# ${name}

\`\`\`sh
npm ci && npm run dev   # the application with demo data; prints its URL, the demo logins and the mailbox
npm ci && npm test      # all tests, including a real browser against the built Worker
npm run generate        # adds a resource of your own; without arguments, it says how
npm run doctor          # checks your setup and tells you how to fix it
\`\`\`

You need Node 20 or later and npm, and no account anywhere. [\`docs/deploy.md\`](docs/deploy.md) says how to put it on the web.

## Start here

1. [\`docs/guides/make-it-yours.md\`](docs/guides/make-it-yours.md): a thing of your own by command, your words and your look.
2. [\`docs/architecture.md\`](docs/architecture.md): one page. A read and a write, from the address to the database and back.
3. [\`app/routes.ts\`](app/routes.ts): the URL table. [\`docs/four-steps.md\`](docs/four-steps.md): the four steps of every operation.
4. [\`docs/guides/\`](docs/guides): how to add a read, a write, a resource, a field, a language, a role;
   receive [webhooks](docs/guides/webhooks.md); connect [agents](docs/guides/agents.md).

${exampleOf(hasGallery)}

## Where it comes from

Started from ${origin} at \`${startedFrom.slice(0, 12)}\`. [\`docs/guides/update.md\`](docs/guides/update.md) says which folders are
yours, and how to merge a later version.
`;
}
