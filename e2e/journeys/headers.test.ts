import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { anOwner, dashboardOf, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

test("a page says what it may run and who may keep it, and its own scripts all run", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const nonces = [];
  for (const url of [dashboardOf(organization), dashboardOf(organization)]) {
    const headers = (await open(page, url))?.headers() ?? {};
    const scripts = directive(headers["content-security-policy"], "script-src");
    expect(scripts).toMatch(/^'self' 'nonce-[\w+/=]{22,}'$/);
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

test("a script that is not ours does not run", async () => {
  const visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.body.appendChild(script);
  });
  expect(await page.title()).toBe("Sign in · Tenantry");
  await expect(visit[Symbol.asyncDispose]()).rejects.toThrow("Content Security Policy");
});

function directive(policy: string | undefined, name: string): string {
  const found = policy?.split("; ").find((each) => each.startsWith(`${name} `));
  return found?.slice(name.length + 1) ?? "";
}

/** The nonce of every script in the page that has no address of its own. */
function inlineNonces(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLScriptElement>("script:not([src])"), ({ nonce = "" }) => nonce),
  );
}
