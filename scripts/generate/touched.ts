import type { Access, Resource } from "./spec.ts";

/** How a resource is added to a file that lists resources, and removed again. */
type Touch = { path: string; add: (text: string) => string; drop: (text: string) => string };

const reaches: Record<Access, { make: string; change: string }> = {
  own: { make: '"any", "any", "any"', change: '"own", "any", "any"' },
  any: { make: '"any", "any", "any"', change: '"any", "any", "any"' },
  admins: { make: '"none", "any", "any"', change: '"none", "any", "any"' },
};

/** The bodies of the API's requests, as code, and whether the resource has pictures, an API, notifications and rows that it needs. */
type Sent = { create: string; update: string } & Record<"hasImages" | "hasApi" | "hasNotifications" | "needs", boolean>;

/** Removing a resource is the same whatever it has. */
const NOTHING: Sent = {
  create: "",
  update: "",
  hasImages: false,
  hasApi: false,
  hasNotifications: false,
  needs: false,
};

export function touchedBy(
  { many, one, domain, access }: Pick<Resource, "many" | "one" | "domain" | "access">,
  { create, update, hasImages, hasApi, hasNotifications, needs }: Sent = NOTHING,
): Touch[] {
  const routes = `routes/organizations/${many.kebab}`;
  const file = `  route("files/:organization/${many.kebab}/:${one.camel}/:${one.camel}Picture", "routes/files/${many.kebab}.ts"),\n`;
  const list = (file: string, name: string, list: RegExp, from: string): Touch => ({
    path: file,
    add: (text) => before(inList(text, list, name), "import ", `import { ${name} } from "${from}";\n`),
    drop: (text) =>
      text.replace(`import { ${name} } from "${from}";\n`, "").replace(new RegExp(`(?<=[\\[\\s])${name},\\s*`), ""),
  });
  const told = list(
    "app/features.news.ts",
    `${many.camel}News`,
    /const domains = \[/,
    `./${many.kebab}/feature.news.ts`,
  );
  const expected = Object.entries({
    read: '"any", "any", "any"',
    create: reaches[access].make,
    update: reaches[access].change,
    delete: reaches[access].change,
  });
  return [
    list("app/features.ts", domain, /const domains = \[/, `./${many.kebab}/feature.ts`),
    list("app/features.view.ts", `${many.camel}View`, /featureViews[^=]*= \[/, `./${many.kebab}/feature.view.ts`),
    {
      ...told,
      add: (text) => (hasNotifications ? told.add(text) : text),
    },
    list(
      "app/features.server.ts",
      `${many.camel}OnServer`,
      /serverFeatures[^=]*= \[/,
      `./${many.kebab}/feature.server.ts`,
    ),
    {
      path: "app/db/needed.server.ts",
      add: (text) =>
        needs
          ? before(
              text.replace("SQLiteTable[] = [", `$&${one.camel}, `),
              "\n/** Tables",
              `import { ${one.camel} } from "./schema/${many.kebab}.ts";\n`,
            )
          : text,
      drop: (text) =>
        text
          .replace(`import { ${one.camel} } from "./schema/${many.kebab}.ts";\n`, "")
          .replace(new RegExp(`(?<=SQLiteTable\\[\\] = \\[[^\\]]*)\\b${one.camel}\\b,?\\s*`), ""),
    },
    {
      path: "app/api.ts",
      add: (text) =>
        hasApi
          ? before(
              before(text, anchorOf(text, / {2}reads\(\{\s*path: members,/), `  ...${many.camel}Rows,\n`),
              "import ",
              `import { ${many.camel}Rows } from "./${many.kebab}/api-rows.server.ts";\n`,
            )
          : text,
      drop: (text) => text.replaceAll(new RegExp(`^.*\\b${many.camel}Rows\\b.*\\n`, "gm"), ""),
    },
    {
      path: "app/test/api-bodies.ts",
      add: (text) =>
        hasApi
          ? before(
              text,
              '  "members.update": ',
              Object.entries({ create, update })
                .map(([id, body]) => `  "${many.kebab}.${id}": ${body},\n`)
                .join(""),
            )
          : text,
      drop: (text) => text.replaceAll(new RegExp(`^  "${many.kebab}\\.[^{}]*\\{[^{}]*\\},\\n`, "gm"), ""),
    },
    {
      path: "app/routes.ts",
      add: (text) =>
        before(
          hasImages ? before(text, '  route("files/:organization/logo/:logo"', file) : text,
          '    layout("routes/settings-messages.tsx", { id: "organization-settings" }, [',
          [
            `    route("${many.kebab}", "${routes}.tsx"),`,
            `    route("${many.kebab}/new", "${routes}.new.ts"),`,
            `    route("${many.kebab}/:${one.camel}/edit", "${routes}.edit.ts"),`,
            `    route("${many.kebab}/:${one.camel}/remove", "${routes}.remove.ts"),`,
            `    route("${many.kebab}/:${one.camel}/restore", "${routes}.restore.ts"),\n`,
          ].join("\n"),
        ),
      drop: (text) => text.replaceAll(new RegExp(`^.*"routes/(organizations|files)/${many.kebab}\\..*\\n`, "gm"), ""),
    },
    {
      path: "app/tenancy/permissions.test.ts",
      add: (text) =>
        before(
          text,
          '  "member:read": ',
          expected.map(([name, reach]) => `  "${many.kebab}:${name}": [${reach}],\n`).join(""),
        ),
      drop: (text) => text.replaceAll(new RegExp(`^  "${many.kebab}:.*\\n`, "gm"), ""),
    },
  ];
}

function inList(text: string, list: RegExp, name: string): string {
  const found = list.exec(text);
  if (found === null) throw new Error(`There is no ${list} to add ${name} to.`);
  const start = found.index + found[0].length;
  // After the dashboard and before the features that every organization has.
  const at = text.slice(start).search(/(organizations|organizationsView|organizationsNews|organizationsOnServer),/);
  return `${text.slice(0, start + at)}${name}, ${text.slice(start + at)}`;
}

function anchorOf(text: string, place: RegExp): string {
  const found = place.exec(text)?.[0];
  if (found === undefined) throw new Error(`This command cannot find ${place}.`);
  return found;
}

function before(text: string, anchor: string, added: string): string {
  const at = text.indexOf(anchor);
  if (at < 0) throw new Error(`This command cannot find “${anchor}”.`);
  return text.slice(0, at) + added + text.slice(at);
}
