import { expect, test } from "vitest";
import { SHUT } from "#app/test/shut-addresses.ts";
import { whyUnreachable } from "./receiver-url.ts";

const ownOrigins = ["https://app.house.example.com", "https://house.turso.io", "http://localhost:5173"];
const inProduction = (url: string) => whyUnreachable(url, { ownOrigins, allowsLoopback: false });
const inDevelopment = (url: string) => whyUnreachable(url, { ownOrigins, allowsLoopback: true });

for (const url of SHUT) {
  test(`nothing is sent to ${url || "an empty address"}`, () => {
    expect(inProduction(url)).not.toBeNull();
  });
}

test("a public host over https may be reached, on any port and path, in any script", () => {
  for (const url of [
    "https://hooks.example.com/hook?token=secret",
    "https://hooks.example.com:8443/",
    "https://bücher.example.com/",
    "https://127.0.0.1.example.com/",
    "https://app.house.example.com.evil.example.org/",
    "https://local.example.com/",
    "https://hooks.snip.io/",
    "https://another-app.house.example.com/",
  ]) {
    expect(inProduction(url), url).toBeNull();
  }
});

test("allowing loopback in development opens other local ports, and nothing else", () => {
  for (const url of [
    "http://localhost:4100/",
    "http://127.0.0.1:4100/hook",
    "http://[::1]:4100/",
    "https://localhost/",
  ]) {
    expect(inDevelopment(url), url).toBeNull();
    expect(inProduction(url), url).not.toBeNull();
  }
  for (const url of [
    "http://localhost:5173/",
    "http://127.0.0.1:5173/",
    "ftp://localhost:4100/",
    "http://10.0.0.1/",
    "http://hooks.example.com/",
  ]) {
    expect(inDevelopment(url), url).not.toBeNull();
  }
});

test("each kind of forbidden URL gets its own reason", () => {
  const reasons = {
    form: "hooks.example.com",
    scheme: "ftp://hooks.example.com/",
    credentials: "https://user@hooks.example.com/",
    literal: "https://[2001:db8::1]/",
    private: "https://printer.local/",
    own: "https://app.house.example.com/",
  };
  for (const [reason, url] of Object.entries(reasons)) expect(inProduction(url)).toBe(reason);
});
