import { createHash } from "node:crypto";
import { z } from "zod";
import { type ApiRow, streams } from "#app/operation/api-row.server.ts";
import { conditionsOf, isKnownTo } from "#app/operation/conditions.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { planOf } from "#app/operation/plan.ts";
import { webhookEvents } from "#app/webhooks/events.ts";
import { ANSWER_WITHIN_SECONDS } from "#app/webhooks/limits.ts";
import { openApiOf } from "./document.server.ts";
import type { OpenApi } from "./open-api.ts";
import { referenceOf } from "./reference.server.ts";

const KEPT_SECONDS = 300;

type Asked = { appUrl: string; keyLimits: { reads: number; writes: number } };

type Made = { document: OpenApi; json: string; etag: string };

/** Returns a function that makes the document of a table, once for each running Worker: only a deploy changes it. */
export function documentOf(rows: readonly ApiRow[]) {
  const made = new Map<string, Made>();
  return ({ appUrl, keyLimits }: Asked): Made => {
    const key = JSON.stringify([appUrl, keyLimits]);
    const before = made.get(key);
    if (before !== undefined) return before;
    const document = openApiOf(rows, { appUrl, limits: keyLimits, events: webhookEvents });
    const json = JSON.stringify(document);
    const etag = `"${createHash("sha256").update(json).digest("base64url").slice(0, 22)}"`;
    made.set(key, { document, json, etag });
    return { document, json, etag };
  };
}

export function referenceRead(rows: readonly ApiRow[]) {
  const documentFor = documentOf(rows);
  return read({
    validate: z.unknown(),
    // So that a signed-in person gets a link back. Without a cookie this costs nothing.
    authenticate: "optional",
    authorize: "public",
    execute: (scope) => {
      const reference = referenceOf(documentFor(scope).document);
      return planOf({
        reference,
        limits: scope.keyLimits,
        secondsToAnswer: ANSWER_WITHIN_SECONDS,
        isSignedIn: scope.viewer !== null,
        appUrl: scope.appUrl,
      });
    },
  });
}

const Asking = z.object({
  headers: z.object({
    "if-match": z.string().optional(),
    "if-none-match": z.string().optional(),
    cookie: z.string().optional(),
  }),
});

/** The row of the API that serves its own document, to anyone. */
export function documentRow(rows: readonly ApiRow[]): ApiRow {
  const documentFor = documentOf(rows);
  return streams({
    path: "/openapi.json",
    id: "openapi",
    says: "Describes the API.",
    operation: read({
      validate: Asking,
      headers: ["if-match", "if-none-match", "cookie"],
      authenticate: "none",
      authorize: "public",
      execute: (scope) => planOf(documentFor(scope)),
    }),
    gives({ json, etag }, { headers }) {
      // A response to a browser with cookies can renew one of them, so it must not be shared.
      const kept = headers.cookie === undefined ? "public" : "private";
      const shared = { ETag: etag, "Cache-Control": `${kept}, max-age=${KEPT_SECONDS}` };
      const isKnown = isKnownTo(conditionsOf(new Map(Object.entries(headers))), etag);
      if (isKnown) return new Response(null, { status: 304, headers: shared });
      return new Response(json, { headers: { ...shared, "Content-Type": "application/json" } });
    },
  });
}
