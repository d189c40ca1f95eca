import { m } from "#app/i18n/messages.ts";
import { InviteOwnerPage } from "#app/organizations/invitations/invite-owner-page.tsx";
import { InOrganization } from "#app/organizations/schemas.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/invitations.owner-new";

export const meta: Route.MetaFunction = () => [{ title: title(m.invitations_owner_invite()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: () => answer(null),
});

export default InviteOwnerPage;
