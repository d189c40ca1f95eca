import { expect, test } from "vitest";
import { PRODUCT_SLUG } from "#app/product.ts";
import { action as choose } from "#app/routes/account/preferences.ts";
import { action as begin } from "#app/routes/account/provider.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as signOut } from "#app/routes/account/sign-out.ts";
import { action as signUp } from "#app/routes/account/sign-up.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { cookieName } from "./own-cookies.server.ts";

const db = testDatabase();
const PASSWORD = "seven quiet herons";

async function cookiesAt(appUrl: string): Promise<Record<string, string>> {
  const variables = { APP_URL: appUrl, GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };
  const person = await withPassword(db, await aPerson(db), PASSWORD);
  const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });
  const session = await cookiesOf(await aSession(db, person));
  const signedIn = session
    .split("; ")
    .map((each) => cookieName(each, appUrl.startsWith("https:")))
    .join("; ");
  const email = `${crypto.randomUUID()}@person.test`;
  const asked = [
    ask(signIn, {
      ...{ url: "/login", variables, headers: headers() },
      form: { email: person.email, password: PASSWORD, redirectTo: "/" },
    }),
    ask(signUp, {
      ...{ url: "/signup", variables, headers: headers() },
      form: { name: "Ada", email, password: "nine brown owls at dusk", redirectTo: "/" },
    }),
    ask(choose, {
      ...{ url: "/preferences", variables, headers: headers(), cookie: signedIn },
      form: { theme: "dark", redirectTo: "/" },
    }),
    ask(begin, {
      ...{ url: "/login/google", params: { provider: "google" }, variables, headers: headers() },
      form: { redirectTo: "/" },
    }),
    ask(signOut, {
      ...{ url: "/logout", variables, headers: headers(), cookie: await cookiesOf(await aSession(db, person)) },
      form: { redirectTo: "/" },
    }),
  ];
  const answered = await Promise.all(asked);
  const all = answered.flatMap(({ headers, services }) => [
    ...headers.getSetCookie(),
    ...services.trace.headers.getSetCookie(),
  ]);
  return Object.fromEntries(all.map((each) => [each.split("=", 1)[0] ?? "", each]));
}

const NAMES = [
  `${PRODUCT_SLUG}.changed`,
  `${PRODUCT_SLUG}.device`,
  `${PRODUCT_SLUG}.handshake`,
  `${PRODUCT_SLUG}.last-method`,
  `${PRODUCT_SLUG}.session_data`,
  `${PRODUCT_SLUG}.session_token`,
  `${PRODUCT_SLUG}.sign-up`,
  `${PRODUCT_SLUG}_preferences`,
];

test("over https every cookie is bound to this host and hidden from scripts", async () => {
  const cookies = await cookiesAt("https://app.test");
  expect(Object.keys(cookies).sort()).toEqual(NAMES.map((name) => `__Host-${name}`));
  for (const [name, cookie] of Object.entries(cookies)) {
    expect(cookie, name).toMatch(/; Secure(;|$)/);
    expect(cookie, name).toMatch(/; Path=\/(;|$)/);
    expect(cookie, name).toMatch(/; HttpOnly(;|$)/);
    expect(cookie, name).toMatch(/; SameSite=Lax(;|$)/i);
    expect(cookie, name).not.toMatch(/; Domain=/i);
  }
});

test("over http no cookie has the __Host- prefix, because browsers would reject it", async () => {
  const cookies = await cookiesAt("http://localhost:5173");
  expect(Object.keys(cookies).sort()).toEqual(NAMES);
  for (const cookie of Object.values(cookies)) expect(cookie).not.toContain("Secure");
});
