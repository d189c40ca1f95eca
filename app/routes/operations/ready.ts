import { tellReadiness } from "#app/health/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(tellReadiness, ({ isReady, ...parts }) =>
  Response.json(parts, { status: isReady ? 200 : 503 }),
);
