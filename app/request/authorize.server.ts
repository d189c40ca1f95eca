import type { Authorization, Grant } from "#app/operation/grant.server.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { type AccessRow, judge } from "./access.server.ts";
import { leadToConfirm, leadToSecondStep, leadToSignIn, leadToSlug, problem } from "./answers.server.ts";
import { isStale } from "./authenticate.server.ts";
import { organizationGrant, ownGrant, publicGrant } from "./grants.server.ts";
import type { Passage } from "./passage.server.ts";
import type { Place } from "./place.server.ts";
import { remember } from "./visits.server.ts";

/** Turns the access row into a grant, or refuses: 401 for an ended session, 404 for a stranger, 403 for too small a role. */
export async function requireGrant(
  passage: Passage,
  { place, row }: { place: Place; row: unknown },
): Promise<Grant<Authorization>> {
  const { request, services } = passage;
  if (place.kind === "public") return publicGrant(services, place);
  const accessRow = row as AccessRow | undefined;
  if (accessRow === undefined) throw await leadToSignIn(request, services);
  if (accessRow.isHalf) throw leadToSecondStep(request, services);
  if (isStale(passage, accessRow)) throw leadToConfirm(request, services);
  const { sessionToken } = place.viewer;
  if (place.kind === "self") {
    remember(services, sessionToken, accessRow, null);
    return ownGrant(passage, place, accessRow);
  }
  const access = judge(accessRow, place.permission);
  if (access.outcome === "stranger") throw problem(request, 404, { error: "not-found" });
  if (access.outcome === "second-factor") {
    services.trace.refusal = "second-factor";
    throw problem(request, 403, { error: "second-factor", organization: access.organization });
  }
  if (access.outcome === "forbidden") throw forbidden(passage, access.roles);
  leadToSlug(request, access.organization.slug);
  remember(services, sessionToken, accessRow, access.organization.id);
  return organizationGrant(passage, place, { ...access, row: accessRow });
}

export function forbidden({ request, services }: Passage, roles: Role[]) {
  services.trace.refusal = "role";
  return problem(request, 403, { error: "forbidden", roles });
}
