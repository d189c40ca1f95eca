import { page } from "#app/request/doors.server.ts";
import { tellReadiness } from "#app/request/readiness.server.ts";

export const loader = page(tellReadiness, ({ isReady, ...parts }) =>
  Response.json(parts, { status: isReady ? 200 : 503 }),
);
