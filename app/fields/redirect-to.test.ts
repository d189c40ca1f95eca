import { expect, test } from "vitest";
import { safeRedirect } from "./redirect-to.ts";

test("a redirect to a path of this site stays unchanged", () => {
  for (const to of ["/", "/organizations/acme/gallery?page=2#end", "/files/a//b"]) expect(safeRedirect(to)).toBe(to);
});

test("a redirect that a browser would read as another site leads to the front page", () => {
  const away = [
    "https://evil.test/",
    "//evil.test",
    "//evil.test/home",
    "//",
    "//[",
    "/\\evil.test",
    "/\t/evil.test",
    "javascript:alert(1)",
    "evil.test",
    null,
  ];
  const awayOnceResolved = [
    "/.//evil.test",
    "/%2e//evil.test",
    "/a/..//evil.test",
    "/.\\/evil.test",
    "/..//evil.test/%2e%2e",
  ];
  for (const to of [...away, ...awayOnceResolved]) expect(safeRedirect(to), String(to)).toBe("/");
});
