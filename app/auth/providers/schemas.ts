import { z } from "zod";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import type { Provider } from "./providers.ts";

const purposes = ["sign-in", "link", "confirm"] as const;
export type Purpose = (typeof purposes)[number];

const Way = z.object({ purpose: z.enum(purposes).catch("sign-in").default("sign-in"), redirectTo: RedirectTo });
export type Way = z.infer<typeof Way>;

const provider = z.string().regex(/^[a-z]{1,32}$/);

export const OneProvider = z.object({ provider });

export const BeginAtProvider = OneProvider.extend(Way.shape);
export type BeginAtProvider = z.infer<typeof BeginAtProvider>;

const State = z
  .string()
  .max(4_000)
  .transform((text) => ({ text, ...wayIn(text) }));

function wayIn(state: string): Way {
  const [encoded = ""] = state.split(".");
  try {
    return Way.parse(JSON.parse(Buffer.from(encoded, "base64url").toString()));
  } catch {
    return Way.parse({});
  }
}

export const ReturnVisit = OneProvider.extend({
  state: State.catch({ text: "", ...Way.parse({}) }),
  code: z.string().max(4_000).catch(""),
  iss: z.string().max(500).optional().catch(undefined),
  error: z.string().max(200).optional().catch(undefined),
});

export const Return = OneProvider.extend({
  state: State,
  code: z.string().min(1).max(4_000),
  iss: z.string().max(500).optional(),
});
export type Return = z.infer<typeof Return>;

export function returnedTo(providers: readonly Provider[], visit: z.infer<typeof ReturnVisit>) {
  const { provider: id, state, code, iss, error } = visit;
  const provider = providers.find((each) => each.id === id);
  if (provider === undefined) return null;
  const { text, purpose, redirectTo } = state;
  const isFailed = error !== undefined || code === "" || text === "";
  const refusal = !isFailed ? null : error !== undefined && CANCELLED.has(error) ? "cancelled" : "failed";
  return {
    provider,
    purpose,
    redirectTo,
    refusal,
    fields: { state: text, code, ...(iss !== undefined && { iss }) },
  } as const;
}

/** The errors for a person who cancelled: that of RFC 6749, 4.1.2.1, and LinkedIn's own. */
const CANCELLED = new Set(["access_denied", "user_cancelled_login", "user_cancelled_authorize"]);
