import { expect, test } from "vitest";
import { exactAddress, normalAddress, readableAddress } from "./address.ts";

const ADA = "ada@example.com";

test("all spellings of an address, with everything that a paste can add, become one form", () => {
  const spellings = [
    "ADA@Example.COM",
    "  ada@example.com\t",
    "\u00a0ada@example.com\u3000",
    "\ufeffada@example.com\u200b",
    "a\u00adda@exam\u200bple\u200d.com",
    "a\u200c\u200dda@example.com",
    "\u202aada@example.com\u202c",
    "ada＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "ada@example。com",
    "ada﹫example.com",
    "mailto:ada@example.com",
    "MAILTO:ada@example.com?subject=Hello",
    "mailto:%61da@example.com",
    "<ada@example.com>",
    "Ada Example <ada@example.com>,",
    '"ada@elsewhere.com" <mailto:ada@example.com>',
    "“ada@example.com”",
    "(ada@example.com)",
    "ada@example.com.",
    "ada@example.com..;",
  ];
  for (const spelling of spellings) expect(normalAddress(spelling), JSON.stringify(spelling)).toBe(ADA);
});

test("text that must be an address alone is only compared without case, and never searched for an address", () => {
  expect(exactAddress("ADA@Example.COM")).toBe(ADA);
  for (const more of [
    "mailto:ada@example.com",
    "<ada@example.com>",
    "'ada@example.com'",
    " ada@example.com",
    "\u212ada@x.com",
  ])
    expect(exactAddress(more), more).toBeNull();
});

test("every character that RFC 5321 allows unquoted before the at sign is accepted", () => {
  for (const local of [..."!#$%&'*+/=?^_`{|}~-"]
    .map((sign) => `a${sign}b`)
    .concat("sales/eu", "tilde~a", "o'neil", "a.b.c")) {
    expect(normalAddress(`${local}@example.com`), local).toBe(`${local}@example.com`);
  }
  const longest = "x".repeat(64);
  expect(normalAddress(`${longest}@example.com`)).toBe(`${longest}@example.com`);
});

test("a domain in letters of its own language and in ASCII is one domain", () => {
  const same = [
    ["user@пример.рф", "user@xn--e1afmkfd.xn--p1ai"],
    ["USER@ПРИМЕР.РФ", "user@xn--e1afmkfd.xn--p1ai"],
    ["user@XN--E1AFMKFD.xn--p1ai", "user@xn--e1afmkfd.xn--p1ai"],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"],
    ["ada@straße.de", "ada@xn--strae-oqa.de"],
    ["ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"],
    // A joiner that its language needs is kept.
    ["ada@نامه\u200cای.com", "ada@xn--mgba3gch31f060k.com"],
  ] as const;
  for (const [typed, address] of same) expect(normalAddress(typed), typed).toBe(address);
});

test("text that no mail can reach is not an address", () => {
  const wrong = [
    ...[
      "",
      "@",
      "ada",
      "example.com",
      "ada@",
      "@example.com",
      "ada@example",
      "ada@localhost",
      "ada@192.0.2.1",
      "ada@[192.0.2.1]",
    ],
    ...["ada@0x7f.1", "ada@example.c", "ada@example.123", "ada@exa mple.com", "ad a@example.com", "ada@-example.com"],
    ...["ada@example-.com", "ada@exam_ple.com", "ada@example..com", "ada@example.com/path", "ada@example.com:25"],
    ...["ada@example.com#x", "ada@example%2ecom", "ada@user@example.com", ".ada@example.com", "ada.@example.com"],
    ...["a..da@example.com", '"a da"@example.com', "a\\da@example.com", "ada,eva@example.com", "(ada)b@example.com"],
    ...["ünal@example.com", "\u212aada@example.com", "a\u0000da@example.com"],
    ...["ada@example.com, eva@example.com", "ada@example.com eva@example.com"],
    `${"x".repeat(65)}@example.com`,
    `ada@${"x".repeat(64)}.com`,
    `ada@${`${"x".repeat(60)}.`.repeat(5)}com`,
  ];
  for (const typed of wrong) expect(normalAddress(typed), JSON.stringify(typed)).toBeNull();
});

test("an address can have as many characters as mail allows, and no more", () => {
  const longest = `${"x".repeat(64)}@${`${"x".repeat(61)}.`.repeat(3)}com`;
  expect(longest).toHaveLength(254);
  expect(normalAddress(longest)).toBe(longest);
  expect(normalAddress(longest.replace("@", "@x"))).toBeNull();
});

test("people read a domain in its own letters, unless they could pass for others", () => {
  const readable = [
    "user@пример.рф",
    "ada@bücher.example",
    "ada@例え.テスト",
    "ada@straße.de",
    "ada@почта.com",
    "ada@сор.рф",
    ADA,
  ];
  for (const address of readable) expect(readableAddress(normalAddress(address) ?? "")).toBe(address);
  // Only Cyrillic letters that look like Latin ones; two scripts in one label; a dotless i among plain Latin letters.
  for (const address of ["ada@аррӏе.com", "ada@pаypal.com", "ada@paypaı.com"]) {
    const ascii = normalAddress(address) ?? "";
    expect(ascii).toContain("xn--");
    expect(readableAddress(ascii)).toBe(ascii);
  }
  for (const other of ["", "xn--", "ada", "ada@xn--a.com", "ada@xn--paypal-.com", "ada@xn--zzzzzzzzzz9999.com"])
    expect(readableAddress(other)).toBe(other);
});
