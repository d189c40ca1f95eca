import type { Authorization, Grant } from "#app/operation/grant.server.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { type AccessRow, judge } from "./access.server.ts";
import { leadToConfirm, leadToSecondStep, leadToSignIn, leadToSlug, problem, shut } from "./answers.server.ts";
import { isStale } from "./authenticate.server.ts";
import type { Call } from "./call.server.ts";
import { keyGrant, organizationGrant, ownGrant, publicGrant } from "./grants.server.ts";
import type { KeyRow } from "./key-access.server.ts";
import type { Place } from "./place.server.ts";
import { remember, rememberKey } from "./visits.server.ts";

/** Makes a grant from the access row. Rejects with 401 for an ended session or dead key, 404 for a stranger, 403 for the role. */
export async function requireGrant(
  call: Call,
  { place, row }: { place: Place; row: unknown },
): Promise<Grant<Authorization>> {
  const { request, services } = call;
  if (place.kind === "public") return publicGrant(services, place);
  if (row === undefined) throw await leadToSignIn(request, services);
  if (place.kind === "key") return openByKey(call, place, row as KeyRow);
  const accessRow = row as AccessRow;
  if (accessRow.isHalf) throw leadToSecondStep(request, services);
  if (isStale(call, accessRow)) throw leadToConfirm(request, services);
  const { sessionToken } = place.viewer;
  if (place.kind === "self") {
    remember(services, sessionToken, accessRow, null);
    return ownGrant(call, place, accessRow);
  }
  const access = judge(accessRow, place.permission);
  if (access.outcome === "stranger") throw shut(request, 404, { error: "not-found" });
  if (access.outcome === "second-factor") {
    services.trace.refusal = "second-factor";
    throw problem(request, 403, { error: "second-factor", organization: access.organization });
  }
  if (access.outcome === "forbidden") throw forbidden(call, access.roles, access.role);
  leadToSlug(request, services, access.organization.slug);
  remember(services, sessionToken, accessRow, access.organization.id);
  return organizationGrant(call, place, { ...access, row: accessRow });
}

function openByKey(call: Call, place: Extract<Place, { kind: "key" }>, row: KeyRow): Grant<Authorization> {
  const { request, services } = call;
  const { keyId, keyName, permissions, organizationId: id, organizationName: name, organizationSlug: slug } = row;
  services.trace.actor = { kind: "key", id: keyId };
  if (id === null || name === null || slug === null) throw problem(request, 404, { error: "not-found" });
  if (!permissions.includes(place.permission)) {
    services.trace.refusal = "role";
    throw problem(request, 403, { error: "forbidden", roles: [], needs: place.permission });
  }
  rememberKey(services, row);
  return keyGrant(call, place, { keyId, keyName, organization: { id, name, slug } });
}

/** `role` is the one that the caller has. */
export function forbidden({ request, services }: Call, roles: Role[], role?: Role) {
  services.trace.refusal = "role";
  return shut(request, 403, { error: "forbidden", roles, role });
}
