import { expect, test } from "vitest";
import { Outage } from "#app/outside/outage.ts";
import { faultyServices } from "#app/test/database.ts";
import { createHandshakes } from "./handshakes.server.ts";
import { OPENID } from "./providers.ts";

const APP_URL = "http://localhost:5173";
const { hang, stall, unwell, refuse } = faultyServices();

function aVisit(discoveryUrl: string, cookie = "") {
  const reported: unknown[] = [];
  const responseHeaders = new Headers();
  const handshakes = createHandshakes({
    settings: [{ id: OPENID, name: "Acme ID", origin: APP_URL, clientId: "id", clientSecret: "secret", discoveryUrl }],
    requestHeaders: new Headers({ Cookie: cookie }),
    responseHeaders,
    secret: "only-for-tests-".repeat(3),
    appUrl: APP_URL,
    now: new Date(),
    answerWithinMs: 100,
    report: (error) => reported.push(error),
  });
  return { handshakes, reported, responseHeaders };
}

test("no sign-in begins at a provider that does not respond, and the outage is reported", async () => {
  for (const { databaseUrl } of [hang, stall, unwell, refuse]) {
    const { handshakes, reported } = aVisit(`${databaseUrl}/health`);
    expect(await handshakes.begin(OPENID, { redirectTo: "/", purpose: "sign-in" }, null)).toBeNull();
    expect(reported).toEqual([expect.any(Outage)]);
  }
});
