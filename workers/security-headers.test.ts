import { expect, test } from "vitest";
import { isFromOwnPages, secureHeaders } from "./security-headers.ts";

function headersOf(isSecure: boolean, own: Record<string, string> = {}) {
  const headers = new Headers(own);
  secureHeaders(headers, { nonce: "n0nce", isSecure, formTargets: ["https://accounts.google.com"] });
  return headers;
}

test("only a site served over https tells browsers to come back over https", () => {
  expect(headersOf(true).get("Strict-Transport-Security")).toContain("max-age=63072000");
  expect(headersOf(false).has("Strict-Transport-Security")).toBe(false);
});

test("only the site's own scripts or those with the nonce may run, and a response keeps its own headers", () => {
  const policy = headersOf(true).get("Content-Security-Policy") ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-n0nce';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("form-action 'self' https://accounts.google.com;");
  expect(headersOf(true, { "Cache-Control": "private" }).get("Cache-Control")).toBe("private");
});

test("a request counts as ours by its Origin header, or by Sec-Fetch-Site if it has no Origin", () => {
  const site = "https://app.test";
  const from = (headers: Record<string, string>) => isFromOwnPages(new Request(`${site}/logout`, { headers }), site);
  expect(from({ Origin: site })).toBe(true);
  for (const Origin of ["https://evil.test", "null", "https://app.test.evil.test", "http://app.test"]) {
    expect(from({ Origin }), Origin).toBe(false);
  }
  for (const own of ["same-origin", "none"]) expect(from({ "Sec-Fetch-Site": own }), own).toBe(true);
  expect(from({}), "no browser sends neither header").toBe(true);
  expect(from({ "Sec-Fetch-Site": "cross-site" })).toBe(false);
  expect(from({ "Sec-Fetch-Site": "same-site" })).toBe(false);
});

test("both the configured address and the one that was requested count as ours", () => {
  const at = (host: string, Origin: string) =>
    isFromOwnPages(new Request(`https://${host}/logout`, { headers: { Origin } }), "https://app.test");
  expect([at("preview.test", "https://preview.test"), at("preview.test", "https://app.test")]).toEqual([true, true]);
  expect([at("preview.test", "https://other.test"), at("app.test", "https://preview.test")]).toEqual([false, false]);
});
