import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { PRODUCT_NAME } from "#app/product.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { ask } from "../requests.ts";
import { aFurnishedWorkplace, fillIn } from "../workplace.ts";
import { anOwner, dashboardOf, fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

test("a page has a strict Content Security Policy and may not be stored, and all its own scripts run", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const nonces = [];
  for (const url of [dashboardOf(organization), dashboardOf(organization)]) {
    const headers = (await open(page, url))?.headers() ?? {};
    const scripts = directive(headers["content-security-policy"], "script-src");
    expect(scripts).toMatch(/^'self' 'nonce-[\w-]{22}'$/);
    expect(directive(headers["content-security-policy"], "frame-ancestors")).toBe("'none'");
    expect(directive(headers["content-security-policy"], "object-src")).toBe("'none'");
    expect(directive(headers["content-security-policy"], "base-uri")).toBe("'none'");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      vary: expect.stringContaining("Cookie, Accept-Language"),
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers, "only where there is https").not.toHaveProperty("strict-transport-security");
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1];
    nonces.push(nonce);
    expect(new Set(await inlineNonces(page))).toEqual(new Set([nonce]));
  }
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("static files and pictures cannot be framed, and static files keep browsers on https", async () => {
  const document = await (await ask("/login", null)).text();
  const [script, style] = [/"(\/assets\/[^"]+\.js)"/, /"(\/assets\/[^"]+\.css)"/].map(
    (each) => each.exec(document)?.[1],
  );
  const icons = ["/favicon.svg", "/favicon.ico", "/apple-touch-icon.png", "/preview.png"];
  for (const url of [...icons, script ?? "no script", style ?? "no style"]) {
    const { status, headers } = await ask(url, null);
    expect(status, url).toBe(200);
    expect(headers.get("Strict-Transport-Security"), url).toBe("max-age=63072000; includeSubDomains");
    expect(headers.get("Content-Security-Policy"), url).toBe("frame-ancestors 'none'");
    expect(headers.get("X-Content-Type-Options"), url).toBe("nosniff");
    expect(headers.get("Content-Type"), url).toMatch(
      /^([\w/+]+; charset=utf-8|image\/(png|vnd\.microsoft\.icon|x-icon))$/,
    );
    expect(headers.get("Cache-Control"), url).toMatch(/^public, max-age=\d+/);
  }
  const workplace = await aFurnishedWorkplace();
  for (const url of ["/files/:organization/logo/:logo", "/files/people/:owner/:avatar"]) {
    const { status, headers } = await ask(fillIn(url, workplace), workplace.cookies.owner);
    expect(status, url).toBe(200);
    expect(directive(headers.get("Content-Security-Policy") ?? "", "frame-ancestors"), url).toBe("'none'");
    expect(headers.get("Content-Security-Policy"), url).toMatch(/; sandbox$/);
  }
});

test("search engines may list the public pages, but not the address of an invitation or of a link in a mail", async () => {
  const token = randomBytes(32).toString("base64url");
  for (const url of ["/join?id=", "/reset-password?token=", "/unsubscribe/somebody/invitation/"]) {
    expect((await ask(url + token, null)).headers.get("X-Robots-Tag"), url).toBe("noindex");
  }
  for (const url of ["/", "/developers", "/login?redirectTo=/organizations/example/dashboard"]) {
    expect((await ask(url, null)).headers.get("X-Robots-Tag"), url).toBeNull();
  }
});

test("TRACE gets 405 and sends back nothing of the request", async () => {
  for (const url of ["/login", "/favicon.svg"]) {
    const asking = request(new URL(url, inject("appUrl")), {
      method: "TRACE",
      headers: { Cookie: "secret=of-a-person" },
    });
    asking.end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    const body = Buffer.concat(await answer.toArray()).toString();
    expect(answer.statusCode, url).toBe(405);
    expect(JSON.stringify([body, answer.headers]), url).not.toContain("of-a-person");
  }
});

test("names that look like the end of a script or of a text are shown as they are, and the page comes to life", async () => {
  const { db, person, organization } = await anOwner();
  const names = [
    `Conor O'Brien "Con" \\`,
    "</script><!--<script>alert(1)//",
    "');alert(1)//",
    "\u2028 \\u0027 <b>&amp;",
  ];
  for (const name of names) {
    const { id: userId } = await aPerson(db, { name });
    await db.insert(member).values({ id: randomUUID(), organizationId: organization.id, userId, role: "member" });
  }
  await using visit = await browser.visit(fromSomewhere());
  await signIn(visit.context, person);
  await open(visit.page, membersOf(organization));
  const shown = await visit.page.getByRole("main").textContent();
  expect(names.filter((name) => !shown?.includes(name))).toEqual([]);
});

test("a script that is not ours does not run", async () => {
  const visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.body.appendChild(script);
  });
  expect(await page.title()).toBe(`Sign in · ${PRODUCT_NAME}`);
  await expect(visit[Symbol.asyncDispose]()).rejects.toThrow("Content Security Policy");
});

function directive(policy: string | undefined, name: string): string {
  const found = policy?.split("; ").find((each) => each.startsWith(`${name} `));
  return found?.slice(name.length + 1) ?? "";
}

/** The nonce of every inline script in the page. */
function inlineNonces(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLScriptElement>("script:not([src])"), ({ nonce = "" }) => nonce),
  );
}
