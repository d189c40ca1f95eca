import { neighbourhoodOf } from "#app/operation/limits.server.ts";
import type { Services } from "#app/request/services.server.ts";

const IDENTITY_STATUSES = [401, 403, 429];

/**
 * What the log says of a request that was not served. Where that is about who they are, it says why, from which neighbourhood, and about
 * which account: by a hash that nobody makes without the secret, so that one account's lines are found and no address is read.
 */
export function refusalLine({ url, method }: Request, status: number, services: Services) {
  const { trace, now, ipAddress, tokenFor } = services;
  const isAboutIdentity = trace.refusal !== null || IDENTITY_STATUSES.includes(status);
  const { actor, via } = trace;
  const hash = (name: string) => tokenFor(`log:${name}`).slice(0, 16);
  return {
    level: "warn",
    requestId: trace.requestId,
    method,
    path: new URL(url).pathname,
    status,
    // Of a key, which is no person, in every line.
    ...(actor?.kind === "key" && { actor }),
    ...(isAboutIdentity && actor?.kind === "person" && { actor: { kind: actor.kind, id: hash(actor.id) } }),
    ...(via !== null && { via }),
    ...(isAboutIdentity && {
      time: now.toISOString(),
      network: neighbourhoodOf(ipAddress),
      account: trace.account === null ? null : hash(trace.account),
      reason: trace.refusal ?? "refused",
    }),
  };
}
