import type { Access, Resource } from "../spec.ts";
import { importsOfTables, isImage, isPerson, isRow, joined, pictureColumns, some, targetsOf, toldOf } from "./parts.ts";

const reaches: Record<Access, { make: string; change: string }> = {
  own: { make: "everyone", change: "ownOrAdmins" },
  any: { make: "everyone", change: "everyone" },
  admins: { make: "admins", change: "admins" },
};

export function feature({ many, one, domain, area, access, hasApi, hasEvents }: Resource): string {
  const { make, change } = reaches[access];
  const names = [...new Set(["everyone", make, change])].sort();
  const actions = ["added", "changed", "removed", "restored"].map((did) => `"${one.kebab}.${did}"`).join(", ");
  return `import type { Feature } from "#app/tenancy/feature.ts";
import { ${names.join(", ")} } from "#app/tenancy/roles.ts";

const actions = [${actions}] as const;

export const ${domain} = {
  permissions: {
    "${many.kebab}:read": everyone,
    "${many.kebab}:create": ${make},
    "${many.kebab}:update": ${change},
    "${many.kebab}:delete": ${change},
  },
${some(!hasApi, `  personal: [${["read", "create", "update", "delete"].map((each) => `"${many.kebab}:${each}"`).join(", ")}],\n`)}  actions,
  openActions: { "${many.kebab}:read": actions },
${some(!hasEvents, "  untold: actions,\n")}  messages: { ${area}: "signed-in" },
  slugs: ["${many.kebab}"],
} as const satisfies Feature;
`;
}

export function featureView({ many, one, domain, area, icon }: Resource): string {
  const logged = (action: string, did: string) => `    "${one.kebab}.${action}": {
      did: ({ name }) => m.${area}_did_${did}({ name }),
      name: () => m.${area}_action_${action}(),${some(action !== "removed", "\n      leads,")}
    },`;
  return `import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView, LoggedPlace } from "#app/tenancy/feature-view.ts";
import type { ${domain} } from "./feature.ts";

const leads: LoggedPlace = {
  permission: "${many.kebab}:read",
  hrefOf: ({ organization, id }) =>
    \`\${href("/organizations/:organization/${many.kebab}", { organization })}?\${new URLSearchParams({ only: id })}\`,
};

export const ${many.camel}View = {
  places: [
    {
      permission: "${many.kebab}:read",
      icon: "${icon}",
      label: () => m.${area}_place(),
      hrefIn: (organization: string) => href("/organizations/:organization/${many.kebab}", { organization }),
    },
  ],
  logged: {
${joined([logged("added", "add"), logged("changed", "change"), logged("removed", "remove"), logged("restored", "restore")])}
  },
} satisfies FeatureView<typeof ${domain}>;
`;
}

/** The notification for members who are named in a field. */
export function featureNews({ many, one, area, icon }: Resource): string {
  return `import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureNews } from "#app/tenancy/feature-news.ts";

export const ${many.camel}News = {
  "${toldOf(one)}": {
    icon: "${icon}",
    words: (told) => m.${area}_told_added(told),
    leads: {
      permission: "${many.kebab}:read",
      hrefOf: ({ organization, id }) =>
        \`\${href("/organizations/:organization/${many.kebab}", { organization })}?\${new URLSearchParams({ only: id })}\`,
    },
  },
} satisfies FeatureNews;
`;
}

export function featureServer(resource: Resource): string {
  const { many, table, fields } = resource;
  const images = fields.filter(isImage);
  const hasImages = images.length > 0;
  const targets = targetsOf({ fields: fields.filter((field) => isRow(field) && !field.isRequired) });
  const rows = fields.flatMap(({ name, kind, isRequired }) => {
    if (kind.name !== "row" || isRequired) return [];
    const { table: other } = kind.to;
    const isThere = `\${${other}.id} = \${${table}.${name}} and \${${other}.deletedAt} is null`;
    return [`${name}: sql\`(select \${${other}.id} from \${${other}} where ${isThere})\`,`];
  });
  const more = hasImages
    ? `(appUrl) => {
        const place = sql\`\${\`\${appUrl}/files/\`} || \${organizationOf(${table}.organizationId, "slug")} || '/${many.kebab}/' || \${${table}.id}\`;
        return {
          organization: organizationOf(${table}.organizationId, "name"),
${joined([...images.map(({ name }) => `          ${name}Url: sql\`\${place} || '/' || \${${table}.${name}}\`,`), ...rows])}
        };
      }`
    : `() => ({ organization: organizationOf(${table}.organizationId, "name"), ${rows.join(" ")} })`;
  const persons = ["createdBy", ...fields.filter(isPerson).map(({ name }) => name)];
  return `${some(hasImages || rows.length > 0, 'import { sql } from "drizzle-orm";\n')}import { ${table} } from "#app/db/schema/${many.kebab}.ts";
${importsOfTables(targets)}import { organizationOf } from "#app/db/schema/organizations.ts";
import { forgetDeleted } from "#app/operation/deleted.server.ts";
${some(hasImages, 'import { pictureFiles } from "#app/pictures/kept-pictures.server.ts";\n')}import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";

export const ${many.camel}OnServer = {
  exported: {
    ${many.camel}: {
      table: ${table},
      byId: [${persons.map((name) => `${table}.${name}`).join(", ")}],
      more: ${more},
    },
  },
  emptied: [${table}],
${some(hasImages, `  files: pictureFiles("${many.kebab}", ${table}, [${pictureColumns(resource)}]),\n`)}  scheduled: { "forget deleted ${many.kebab}": (turn: Pick<Turn, "db" | "now">) => forgetDeleted(${table}, turn) },
} satisfies ServerFeature;
`;
}
