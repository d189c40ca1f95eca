import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { variablesOf } from "./environment.ts";
import { providersOf } from "./providers.ts";

const settings = (more: Record<string, string>) => providersOf({ ...variablesOf(env), ...more });

test("people can sign in only with a provider whose id and secret are both set", () => {
  expect(settings({ GOOGLE_CLIENT_ID: "id", GITHUB_CLIENT_SECRET: "secret", MICROSOFT_CLIENT_ID: "id" })).toEqual([]);
  const both = settings({ GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret", X_CLIENT_ID: "id" });
  expect(both).toMatchObject([{ id: "google", clientId: "id", clientSecret: "secret" }]);
});

test("a company's provider needs its discovery document, and can have its sign-in page at another origin", () => {
  const account = { OPENID_CLIENT_ID: "id", OPENID_CLIENT_SECRET: "secret" };
  expect(settings(account)).toEqual([]);
  const discovered = { ...account, OPENID_DISCOVERY_URL: "https://id.acme.test/.well-known/openid-configuration" };
  expect(settings(discovered)).toMatchObject([{ id: "openid", name: "OpenID", origin: "https://id.acme.test" }]);
  const elsewhere = settings({ ...discovered, OPENID_NAME: "Acme", OPENID_ORIGIN: "https://login.acme.test/sign-in" });
  expect(elsewhere).toMatchObject([{ name: "Acme", origin: "https://login.acme.test" }]);
});
