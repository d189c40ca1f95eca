import { neighbourhoodOf } from "#app/operation/limits.server.ts";
import { pathToLog } from "#app/request/secret-parts.server.ts";
import type { Services } from "#app/request/services.server.ts";

const IDENTITY_STATUSES = [401, 403, 429];

/**
 * Returns the log line of a refused request. If the refusal is about identity, the line also has its reason, the network it came
 * from, and a hash of the account. The hash needs the secret, so an account's lines can be found while its address stays hidden.
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
    path: pathToLog(url),
    status,
    // A key is not a person, so it is named in every line.
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
