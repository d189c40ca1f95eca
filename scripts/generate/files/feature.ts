import type { Access, Resource } from "../spec.ts";
import { isPerson, joined } from "./parts.ts";

const reaches: Record<Access, { make: string; change: string }> = {
  own: { make: "everyone", change: "ownOrAdmins" },
  any: { make: "everyone", change: "everyone" },
  admins: { make: "admins", change: "admins" },
};

export function feature({ many, one, domain, area, access }: Resource): string {
  const { make, change } = reaches[access];
  const names = [...new Set(["everyone", make, change])].sort();
  return `import type { Feature } from "#app/tenancy/feature.ts";
import { ${names.join(", ")} } from "#app/tenancy/roles.ts";

const actions = ["${one.kebab}.added", "${one.kebab}.changed", "${one.kebab}.removed", "${one.kebab}.restored"] as const;

export const ${domain} = {
  permissions: {
    "${many.kebab}:read": everyone,
    "${many.kebab}:create": ${make},
    "${many.kebab}:update": ${change},
    "${many.kebab}:delete": ${change},
  },
  actions,
  openActions: actions,
  messages: { ${area}: "signed-in" },
  slugs: ["${many.kebab}"],
} as const satisfies Feature;
`;
}

export function featureView({ many, one, domain, area }: Resource): string {
  const logged = (action: string, did: string) => `    "${one.kebab}.${action}": {
      did: ({ name }) => m.${area}_did_${did}({ name }),
      name: () => m.${area}_action_${action}(),
    },`;
  return `import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { ${domain} } from "./feature.ts";

export const ${many.camel}View = {
  places: [
    {
      permission: "${many.kebab}:read",
      icon: "table",
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

export function featureServer({ many, table, fields }: Resource): string {
  const persons = ["createdBy", ...fields.filter(isPerson).map(({ name }) => name)];
  return `import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import { forgetDeleted } from "#app/operation/deleted.server.ts";
import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";

export const ${many.camel}OnServer = {
  exported: {
    ${many.camel}: {
      table: ${table},
      byId: [${persons.map((name) => `${table}.${name}`).join(", ")}],
      more: () => ({ organization: organizationOf(${table}.organizationId, "name") }),
    },
  },
  emptied: [${table}],
  scheduled: { "forget deleted ${many.kebab}": (turn: Pick<Turn, "db" | "now">) => forgetDeleted(${table}, turn) },
} satisfies ServerFeature;
`;
}
