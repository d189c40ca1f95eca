import { expect, test } from "vitest";
import { whyUnreachable } from "./receiver-url.ts";

const ownOrigins = ["https://app.house.example.com", "https://house.turso.io", "http://localhost:5173"];
const inProduction = (url: string) => whyUnreachable(url, { ownOrigins, allowsLoopback: false });
const inDevelopment = (url: string) => whyUnreachable(url, { ownOrigins, allowsLoopback: true });

const SHUT = [
  // Loopback, in every spelling.
  "https://localhost/hook",
  "https://LOCALHOST./hook",
  "https://api.localhost/hook",
  "https://localhost.localdomain/hook",
  "https://127.0.0.1/hook",
  "https://127.0.0.1./hook",
  "https://127.1/hook",
  "https://127.0.1/hook",
  "https://2130706433/hook",
  "https://017700000001/hook",
  "https://0x7f.0.0.1/hook",
  "https://0x7f000001/hook",
  "https://0177.0.0.1/hook",
  "https://127.0.0.1%2e/hook",
  "https://１２７.0.0.1/hook",
  "https://①②⑦.⓪.⓪.①/hook",
  "https://127。0。0。1/hook",
  "https://0/hook",
  "https://0.0.0.0/hook",
  "https://[::]/hook",
  "https://[::1]/hook",
  "https://[0:0:0:0:0:0:0:1]/hook",
  "https://[::ffff:127.0.0.1]/hook",
  "https://[::ffff:7f00:1]/hook",
  "https://127.0.0.1.nip.io/hook",
  "https://localtest.me/hook",
  // Link-local, private and shared networks, metadata services, and public addresses as well.
  "https://169.254.169.254/latest/meta-data/",
  "https://0xa9fea9fe/latest/meta-data/",
  "https://[::ffff:169.254.169.254]/latest/meta-data/",
  "https://[fe80::1]/hook",
  "https://[fd00:ec2::254]/hook",
  "https://[64:ff9b::7f00:1]/hook",
  "https://10.0.0.7/hook",
  "https://172.16.0.1/hook",
  "https://192.168.1.1/hook",
  "https://100.64.0.1/hook",
  "https://198.51.100.7/hook",
  "https://metadata.google.internal/computeMetadata/v1/",
  "https://instance-data/latest/",
  "https://printer.local/hook",
  "https://intranet/hook",
  "https://router.home.arpa/hook",
  // Ours.
  "https://app.house.example.com/hook",
  "https://APP.house.example.com.:8443/hook",
  "https://house.turso.io/v2/pipeline",
  // What is no plain https.
  "http://hooks.example.com/hook",
  "ftp://hooks.example.com/hook",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/plain,hook",
  "gopher://hooks.example.com/",
  "https://user@hooks.example.com/hook",
  "https://user:password@hooks.example.com/hook",
  "https://hooks.example.com@127.0.0.1/hook",
  "//hooks.example.com/hook",
  "hooks.example.com",
  "https://",
  "https://exa mple.com/",
  "",
];

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
  ]) {
    expect(inProduction(url), url).toBeNull();
  }
});

test("on a developer's machine loopback may be reached, where it is allowed, and nothing else beside", () => {
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
    "http://10.0.0.1/",
    "http://hooks.example.com/",
  ]) {
    expect(inDevelopment(url), url).not.toBeNull();
  }
});
