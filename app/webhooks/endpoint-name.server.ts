import { sql } from "drizzle-orm";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";

const afterScheme = sql`substr(${webhookEndpoint.url}, instr(${webhookEndpoint.url}, '//') + 2)`;

/** SQL for an endpoint's name: its description, or its host. The rest of a URL can contain a secret of the receiver. */
export const endpointName = sql<string>`case when ${webhookEndpoint.description} <> '' then ${webhookEndpoint.description}
  else substr(${afterScheme}, 1, instr(${afterScheme} || '/', '/') - 1) end`;
