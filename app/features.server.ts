import { accountOnServer } from "./account/feature.server.ts";
import { auditOnServer } from "./audit/feature.server.ts";
import { authOnServer } from "./auth/feature.server.ts";
import { dashboardOnServer } from "./dashboard/feature.server.ts";
import { galleryOnServer } from "./gallery/feature.server.ts";
import { keysOnServer } from "./keys/feature.server.ts";
import { notificationsOnServer } from "./notifications/feature.server.ts";
import { organizationsOnServer } from "./organizations/feature.server.ts";
import type { Parting, ServerFeature } from "./tenancy/feature.server.ts";
import { webhooksOnServer } from "./webhooks/feature.server.ts";

export const serverFeatures: readonly ServerFeature[] = [
  accountOnServer,
  authOnServer,
  organizationsOnServer,
  galleryOnServer,
  keysOnServer,
  notificationsOnServer,
  auditOnServer,
  dashboardOnServer,
  webhooksOnServer,
];

type Entry = Parameters<NonNullable<ServerFeature["parting"]>>[0];

/** The statements of all domains for someone who leaves an organization or gets another role. They are part of that change. */
export function partings(entry: Entry, who: Parting): ReturnType<NonNullable<ServerFeature["parting"]>> {
  const statements = serverFeatures.flatMap(({ parting }, at) =>
    // Numbered, so that no name takes the place of another domain's or of the change's own.
    Object.entries(parting?.(entry, who) ?? {}).map(
      ([name, statement]) => [`parting ${at} ${name}`, statement] as const,
    ),
  );
  return Object.fromEntries(statements);
}
