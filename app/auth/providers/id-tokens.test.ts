import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, expect, test, vi } from "vitest";
import { Outage } from "#app/outside/outage.ts";
import { createHandshakes } from "./handshakes.server.ts";
import { knownProviders, OPENID } from "./providers.ts";
import type { Purpose } from "./schemas.ts";

const APP_URL = "http://localhost:5173";
const CLIENT = "client-of-this-site";
const TENANT = "f1c3a7e0-52b1-4f0e-9a7d-0a4b8c2d6e11";
const ISSUER = "https://id.acme.test";

/** Each provider's issuer, and the addresses where its tokens and its keys are fetched. */
const providers = {
  google: {
    issuer: "https://accounts.google.com",
    tokens: "https://oauth2.googleapis.com/token",
    keys: "https://www.googleapis.com/oauth2/v3/certs",
  },
  microsoft: {
    issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    tokens: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    keys: "https://login.microsoftonline.com/common/discovery/v2.0/keys",
  },
  [OPENID]: { issuer: ISSUER, tokens: `${ISSUER}/token`, keys: `${ISSUER}/keys` },
};
type ProviderId = keyof typeof providers;
const ids: ProviderId[] = ["google", "microsoft", OPENID];

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let [own, others] = [] as unknown as [Keys, Keys];

beforeAll(async () => {
  own = await generateKeyPair("RS256", { extractable: true });
  others = await generateKeyPair("RS256", { extractable: true });
});

/** Replaces the network for the providers' hosts. Keys and tokens are real, and the requested addresses are recorded. */
async function aNetwork(idToken: () => Promise<string | undefined>, { keys = 200, named = ISSUER } = {}) {
  const shown = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", use: "sig" }] };
  const asked: string[] = [];
  const real = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input).href;
    if (!ids.some((id) => url.startsWith(new URL(providers[id].tokens).origin) || url === providers[id].keys))
      return real(input, init);
    asked.push(url);
    if (url === `${ISSUER}/.well-known/openid-configuration`) {
      return Response.json({
        issuer: named,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
      });
    }
    if (ids.some((id) => url === providers[id].keys)) return Response.json(shown, { status: keys });
    return Response.json({ access_token: "access", token_type: "Bearer", id_token: await idToken() });
  });
  return { asked, [Symbol.dispose]: () => spy.mockRestore() };
}

type Bent = {
  claims?: Record<string, unknown>;
  /** The claim that the token leaves out. */
  without?: string;
  by?: "others" | "nobody";
  purpose?: Purpose;
  /** For what, and by whom, it is finished, if not as it began. */
  finished?: { purpose?: Purpose; person?: string };
  keys?: number;
  /** The issuer that the discovery document names. */
  named?: string;
};

/** Goes to the provider and back once, with a token that differs from a valid one as given. */
async function comeBack(
  id: ProviderId,
  { claims = {}, without, by, purpose = "sign-in", finished = {}, keys = 200, named = ISSUER }: Bent = {},
) {
  const { issuer } = providers[id];
  const seconds = Math.floor(Date.now() / 1000);
  const responseHeaders = new Headers();
  const reported: unknown[] = [];
  const discoveryUrl = `${ISSUER}/.well-known/openid-configuration`;
  const known = id === OPENID ? { name: "Acme ID", origin: ISSUER, discoveryUrl } : knownProviders[id];
  const options = {
    settings: [{ id, ...known, clientId: CLIENT, clientSecret: "secret" }],
    responseHeaders,
    secret: "only-for-tests-".repeat(3),
    appUrl: APP_URL,
    now: new Date(),
    answerWithinMs: 5_000,
    report: (error: unknown) => reported.push(error),
  };
  let nonce = "";
  const idToken = async () => {
    const all: Record<string, unknown> = {
      ...{ iss: issuer, aud: CLIENT, sub: "ada-there", iat: seconds, exp: seconds + 300, nonce },
      ...{ email: "ada@example.org", email_verified: true, name: "Ada", oid: "ada-there", tid: TENANT, ...claims },
    };
    if (without !== undefined) delete all[without];
    if (by === "nobody") return new UnsecuredJWT(all).encode();
    const { privateKey } = by === "others" ? others : own;
    return new SignJWT(all).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(privateKey);
  };
  using network = await aNetwork(idToken, { keys, named });
  const leaving = createHandshakes({ ...options, requestHeaders: new Headers() });
  const url = await leaving.begin(id, { purpose, redirectTo: "/" }, "ada-here");
  if (url === null) return { vouched: null, question: new URLSearchParams(), reported, asked: network.asked };
  const question = new URL(url).searchParams;
  nonce = question.get("nonce") ?? "none was asked for";
  const cookie = responseHeaders.getSetCookie()[0]?.split(";")[0] ?? "";
  const handshakes = createHandshakes({ ...options, requestHeaders: new Headers({ Cookie: cookie }) });
  const text = question.get("state") ?? "";
  const vouched = await handshakes.finish(
    { provider: id, code: "code", state: { text, purpose, redirectTo: "/" } },
    { purpose, person: "ada-here", ...finished },
  );
  return { vouched, question, reported, asked: network.asked };
}

const ada = { accountId: "ada-there", email: "ada@example.org", name: "Ada" };

for (const id of ids) {
  test(`a token that ${id} signed for this site and this browser is accepted`, async () => {
    const { vouched, question } = await comeBack(id);
    expect(vouched).toEqual({ provider: id, ...ada });
    expect(question.get("nonce")).toMatch(/^[\w-]{30,}$/);
    expect((await comeBack(id, { claims: { azp: CLIENT, aud: [CLIENT, "another"] } })).vouched).toMatchObject(ada);
  });

  test(`any other token for ${id} is rejected`, async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const wrong: Record<string, Bent> = {
      "for another site": { claims: { aud: "another" } },
      "for two sites, and not saying whose": { claims: { aud: [CLIENT, "another"] } },
      "given to another site": { claims: { azp: "another" } },
      "of another issuer": { claims: { iss: "https://evil.example" } },
      "that is over": { claims: { iat: seconds - 600, exp: seconds - 60 } },
      "without an end": { without: "exp" },
      "without its subject": { without: "sub" },
      "signed by another key": { by: "others" },
      "signed by nobody": { by: "nobody" },
      "of another browser": { claims: { nonce: "another" } },
      "of no browser": { without: "nonce" },
    };
    for (const [which, bent] of Object.entries(wrong)) {
      expect((await comeBack(id, bent)).vouched, which).toBe("failed");
    }
  });
}

test("a return counts only for the purpose and the person that it began with", async () => {
  const auth_time = Math.floor(Date.now() / 1000);
  const purposes = ["sign-in", "link", "confirm"] as const;
  for (const purpose of purposes) {
    for (const other of purposes) {
      const { vouched } = await comeBack(OPENID, { purpose, claims: { auth_time }, finished: { purpose: other } });
      expect(typeof vouched === "object", `${purpose} as ${other}`).toBe(purpose === other);
    }
    const { vouched } = await comeBack(OPENID, { purpose, claims: { auth_time }, finished: { person: "eve-here" } });
    expect(typeof vouched === "object", purpose).toBe(purpose === "sign-in");
  }
});

test("an address in a token is verified only if the provider says so in the claim for it", async () => {
  const said: [Record<string, unknown>, boolean][] = [
    [{ email_verified: "true" }, true],
    [{ email_verified: "false" }, false],
    [{ email_verified: 1 }, false],
    [{ email_verified: false, emailVerified: true }, false],
  ];
  for (const id of ids) {
    for (const [claims, isVerified] of said) {
      const { vouched } = await comeBack(id, { claims });
      expect(vouched, `${id} ${JSON.stringify(claims)}`).toMatchObject({ email: isVerified ? ada.email : null });
    }
  }
});

test("an address in a token is never searched for the address of someone else", async () => {
  const hiding = [
    "mailto:ada%40example.org?to=@evil.example",
    "<mailto:ada%40example.org?@evil.example>",
    "Eve <ada@example.org>",
    "'ada@example.org'",
    '"ada@example.org"',
    "\uff41da@example.org",
    "a\u200bda@example.org",
    "ada\uff20example.org",
    "ada@example.org.",
  ];
  for (const email of hiding) {
    expect((await comeBack(OPENID, { claims: { email } })).vouched, email).toMatchObject({ email: null });
  }
  for (const email of ["ADA@Example.ORG", "ada@ex\u00e4mple.org"]) {
    const { vouched } = await comeBack(OPENID, { claims: { email } });
    expect(vouched).toMatchObject({ email: email.startsWith("A") ? ada.email : "ada@xn--exmple-cua.org" });
  }
});

test("a token with a name or an address that is no text is read without them", async () => {
  for (const odd of [7, ["Ada"], { given: "Ada" }]) {
    for (const claims of [{ name: odd }, { email: odd }]) {
      const read = { ...ada, ...("name" in claims ? { name: "" } : { email: null }) };
      expect((await comeBack(OPENID, { claims })).vouched, JSON.stringify(claims)).toEqual({
        provider: OPENID,
        ...read,
      });
    }
  }
});

test("a subject that is longer than the specification allows is rejected", async () => {
  expect((await comeBack(OPENID, { claims: { sub: "s".repeat(255) } })).vouched).toMatchObject({ name: "Ada" });
  expect((await comeBack(OPENID, { claims: { sub: "s".repeat(256) } })).vouched).toBe("failed");
});

test("a Microsoft token whose tenant does not match its issuer is rejected", async () => {
  expect((await comeBack("microsoft", { claims: { tid: crypto.randomUUID() } })).vouched).toBe("failed");
});

test("the keys of Google and Microsoft are fetched only once", async () => {
  for (const id of ["google", "microsoft"] as const) {
    await comeBack(id);
    const { asked } = await comeBack(id);
    expect(asked).toEqual([providers[id].tokens]);
  }
});

test("a provider whose keys cannot be fetched counts as unreachable", async () => {
  const { vouched, reported } = await comeBack(OPENID, { keys: 503 });
  expect(vouched).toBe("unreachable");
  expect(reported).toEqual([expect.any(Outage)]);
});

test("a discovery document is accepted only for the issuer at its own address", async () => {
  for (const named of ["https://evil.example", `${ISSUER}.evil.example`, `${ISSUER}/tenant`, `${ISSUER}//`]) {
    const { vouched, reported } = await comeBack(OPENID, { named, claims: { iss: named } });
    expect(vouched, named).toBeNull();
    expect(reported, named).toEqual([expect.any(Outage)]);
  }
  // Some issuers end with a slash.
  const { vouched } = await comeBack(OPENID, { named: `${ISSUER}/`, claims: { iss: `${ISSUER}/` } });
  expect(vouched).toMatchObject(ada);
});

test("a confirmation makes the provider ask for a new sign-in, and a token from an old one is rejected", async () => {
  const seconds = Math.floor(Date.now() / 1000);
  for (const id of ids) {
    const { question } = await comeBack(id, { purpose: "confirm", claims: { auth_time: seconds } });
    expect([question.get("prompt"), question.get("max_age")]).toEqual([
      id === "google" ? "select_account" : "login",
      "0",
    ]);
    for (const [auth_time, isTaken] of [
      [seconds, true],
      [seconds - 120, false],
      ["now", false],
    ] as const) {
      const { vouched } = await comeBack(id, { purpose: "confirm", claims: { auth_time } });
      expect(typeof vouched === "object", `${id} ${auth_time}`).toBe(isTaken);
    }
    // By OpenID Connect the response to `max_age` must have `auth_time`; Google and Microsoft can leave it out.
    const silent = await comeBack(id, { purpose: "confirm", without: "auth_time" });
    expect(typeof silent.vouched === "object", id).toBe(id !== OPENID);
    expect((await comeBack(id)).question.has("max_age")).toBe(false);
  }
});
