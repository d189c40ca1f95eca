import { expect, test } from "vitest";
import { isForPrograms, isNavigation } from "#app/request/answers.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { loader as mcp } from "#app/routes/mcp.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { visit } from "#app/test/requests.ts";
import { createProgramDoors } from "./program-doors.ts";
import type { LateBuild } from "./route-areas.ts";

const db = testDatabase();
const routes = {
  "routes/api/v1": { module: async () => ({ loader: api }) },
  "routes/mcp": { module: async () => ({ loader: mcp }) },
};
const ask = createProgramDoors({ routes } as unknown as LateBuild);

/** The headers of a browser that followed a link here. */
const NAVIGATION = { Accept: "text/html", "Sec-Fetch-Dest": "document" };

async function answeredAt(url: string, method = "GET", headers: Record<string, string> = {}) {
  const { request, services, settle } = await visit({ url, method, headers: { ...NAVIGATION, ...headers } });
  const answer = await ask(request, services);
  await settle();
  return { answer, allowed: services.trace.headers.get("Allow") };
}

async function answerAt(...asked: Parameters<typeof answeredAt>) {
  return (await answeredAt(...asked)).answer;
}

test("every address under /api/v1 and /mcp has problem+json errors, in any spelling that leads there", async () => {
  for (const [url, status, code] of [
    ["/API/v1/organizations/acme/members", 401, "unauthenticated"],
    ["/%61pi/V1/organizations/acme/members", 401, "unauthenticated"],
    ["/Api/V1/nothing", 404, "not-found"],
    ["/api/v1", 404, "not-found"],
    ["/api/v1.data", 404, "not-found"],
    ["/api/v1/openapi.json.data", 404, "not-found"],
    ["/api/v1/%", 404, "not-found"],
    ["/api/v1/organizations/%ff/members", 404, "not-found"],
    ["/api/v1//organizations", 404, "not-found"],
    ["/MCP", 405, "method-not-allowed"],
    ["/mcp/", 405, "method-not-allowed"],
    ["/mcp/%", 404, "not-found"],
    ["/mcp/anything", 404, "not-found"],
    ["/mcp.data", 404, "not-found"],
  ] as const) {
    const answer = await answerAt(url);
    expect([url, answer?.status, answer?.headers.get("Content-Type")]).toEqual([
      url,
      status,
      "application/problem+json",
    ]);
    expect(await answer?.json(), url).toMatchObject({ status, code, requestId: expect.any(String) });
  }
});

test("an unknown method gets 405 with the known ones at an address that exists, and 404 at one that does not", async () => {
  const { root, key } = await aKeyedTeam(db, ["member:read"]);
  const headers = { Authorization: `Bearer ${key.secret}` };
  for (const [url, status, allow] of [
    [`${root}/members`, 405, "GET, HEAD, OPTIONS"],
    ["/api/v1/nothing", 404, null],
    ["/mcp", 405, "POST, OPTIONS"],
  ] as const) {
    for (const method of ["PROPFIND", "LOCK", "SEARCH"]) {
      const { answer, allowed } = await answeredAt(url, method, headers);
      expect([answer?.status, allowed], `${method} ${url}`).toEqual([status, allow]);
      expect(await answer?.json(), `${method} ${url}`).toMatchObject({
        status,
        code: status === 405 ? "method-not-allowed" : "not-found",
      });
    }
  }
});

test("a key reads the same at an address in capitals as at the address in the reference", async () => {
  const { root, key } = await aKeyedTeam(db, ["member:read"]);
  const headers = { Authorization: `Bearer ${key.secret}` };
  const [plain, capital] = [
    await answerAt(`${root}/members`, "GET", headers),
    await answerAt(`${root.replace("/api/v1", "/API/V1")}/members`, "GET", headers),
  ];
  expect([plain?.status, capital?.status]).toEqual([200, 200]);
  expect(await capital?.json()).toEqual(await plain?.json());
});

test("addresses that are not for programs are left to the router", async () => {
  for (const url of ["/", "/api/nothing", "/api/v10", "/api%2Fv1/nothing", "/mcpx", "/x/mcp", "/%", "/api"]) {
    expect(await answerAt(url), url).toBeNull();
    expect(isNavigation((await visit({ url, headers: NAVIGATION })).request), url).toBe(true);
  }
});

test("the address of a page's data is not one for programs, in upper or lower case", async () => {
  for (const [url, is] of [
    ["/api/v1/pages/notifications", false],
    ["/API/V1/pages/notifications", false],
    ["/API/v1/organizations", true],
    ["/notifications", false],
  ] as const)
    expect(isForPrograms((await visit({ url })).request), url).toBe(is);
});
