import type { AuditAction } from "#app/audit/actions.ts";
import { features } from "#app/features.ts";
import type { Feature } from "#app/tenancy/feature.ts";

/** An organization has no endpoint before it is created, and none after it is deleted. */
const NEVER_SENT: readonly string[] = ["organization.created", "organization.deleted"];

/** What happens in organizations: the actions of domains with permissions, except `untold` ones. Others are a person's own. */
export const webhookEvents = features
  .filter(({ permissions }) => permissions !== undefined)
  .flatMap(({ actions = [], untold = [] }: Feature) => actions.filter((action) => !untold.includes(action)))
  .filter((action) => !NEVER_SENT.includes(action)) as AuditAction[];

export const TEST_EVENT = "webhook.test";
