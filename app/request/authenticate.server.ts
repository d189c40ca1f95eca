import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { SEEN_BY_HEADER } from "#app/ui/line/seen-by.ts";
import { type AccessRow, freshSince } from "./access.server.ts";
import { leadToSignIn, problem } from "./answers.server.ts";
import type { Passage } from "./passage.server.ts";
import type { Services } from "./services.server.ts";

export async function findViewer({ request, services, authenticate }: Passage): Promise<Identity | null> {
  if (authenticate === "none") return null;
  const viewer = await services.trace.time("authenticate", () => services.identify());
  services.trace.account = viewer?.email ?? null;
  if (viewer === null && authenticate !== "optional") throw await leadToSignIn(request, services);
  if (viewer !== null && isOfAnother(request.headers.get(SEEN_BY_HEADER), viewer)) {
    throw problem(request, 409, { error: "another-person", name: viewer.name });
  }
  return viewer;
}

/** Somebody else has signed in since the page was shown, in another tab. A program, which has seen no page, does not say. */
export function isOfAnother(seenBy: unknown, { userId }: Identity): boolean {
  return seenBy !== undefined && seenBy !== null && seenBy !== "" && seenBy !== userId;
}

export function isProven({ now }: Services, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return accessRow !== undefined && accessRow.provenAt >= freshSince(now);
}

export function isStale({ services, authenticate }: Passage, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return authenticate === "fresh" && accessRow?.isHalf === false && accessRow.provenAt < freshSince(services.now);
}
