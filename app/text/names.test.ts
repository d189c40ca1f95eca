import { expect, test } from "vitest";
import { isolate, withoutDirections } from "./isolation.ts";
import { nameOf, shorten } from "./names.ts";

test("a name without visible characters is empty", () => {
  const unseen = [
    ...[
      "",
      " ",
      "\u00a0\u3000",
      "\u200b",
      "\u3164",
      "\u2800",
      "\u2800\u200b\u3164",
      "\u115f\u1160",
      "\uffa0",
      "\ufeff",
    ],
    ...["\u00ad", "\u034f", "\u2060\u2061", "\u202e\u202c", "\u2066\u2069", "\u200d", "\u200c", "\ufe0f", "\u180e"],
    ...["\u{e0041}", "\u{e0100}", "\u{1d159}", "\u{1d173}", "\ud800", "\udfff", "\uffff", "\ufffc", "\u0301", "\u20e3"],
    ...["\u0000", "\u0007\u001b", "\r\n\t", "\u0085\u2028\u2029", "\ue000"],
  ];
  for (const typed of unseen) expect(nameOf(typed), JSON.stringify(typed)).toBe("");
});

test("direction marks, control characters and half characters are removed from a name, the rest stays", () => {
  expect(nameOf("\u202eevil\u202c")).toBe("evil");
  expect(nameOf("\u2067abc\u2069\u200f\u200e\u061c")).toBe("abc");
  expect(nameOf("Ada\ud83d Ex\u0000ample\udc00")).toBe("Ada Ex ample");
  expect(nameOf("A\u200bda\ufeff \u00ad\u2060Exa\u034fmple")).toBe("Ada Example");
  expect(nameOf("\u3164Ada\u2800\u2800Example\u115f")).toBe("Ada Example");
  expect(nameOf("  Ada\r\n\tExample\u00a0\u2003 ")).toBe("Ada Example");
});

test("a name is kept composed", () => {
  expect(nameOf("Jose\u0301 A\u030angstro\u0308m")).toBe("José Ångström");
  expect(nameOf("e\u034f\u0301")).toBe("é");
  expect(nameOf("\u1112\u1161\u11ab")).toBe("한");
});

test("stacked marks are limited, and marks without a letter are removed", () => {
  expect(nameOf(`z${"\u0335".repeat(50)}algo`)).toBe(`z${"\u0335".repeat(4)}algo`);
  expect(nameOf(`ب${"\u064e\u200c".repeat(50)}`).length).toBeLessThan(12);
  expect(nameOf("\u0301\u0302Ada \u0303\u0304B")).toBe("Ada B");
});

test("joiners and selectors that a language or an emoji needs stay", () => {
  const kept = [
    ...["👩‍👩‍👧‍👦", "🏳️‍🌈", "👨🏽‍🚀", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇧🇪", "👍🏿"],
    // Persian, Devanagari, Bengali, Sinhala, Malayalam; Vietnamese, Hebrew with points, Thai, Tibetan, a Japanese name.
    ...["می‌خواهم", "क्‍ष", "र्‌य", "র‍্যাব", "ශ්‍රී", "അവന്‍", "Nguyễn Thị Hằng", "שָׁלוֹם", "กรุงเทพฯ", "རྒྱུ", "葛󠄀城"],
    ...["محمّد", "Ada O’Neil-Łukasz", "ㄅㄆㄇ", "...", "Nguyễn", "İrem ı"],
  ].map((name) => name.normalize("NFC"));
  for (const name of kept) expect(nameOf(name), name).toBe(name);
  for (const litter of ["A\u200dda", "A\u200cda", "Ada\ufe0f", "1\ufe0f", "م\u200c", "A\u{e0041}"]) {
    expect(nameOf(litter)).toBe(litter.replace(/[^A-Za-z1م]/gu, ""));
  }
});

test("tidying a name twice is tidying it once", () => {
  for (const name of [
    "👩‍👩‍👧‍👦 \u200d",
    "a\u200b\u0301\u034f\u0302\u0303\u0304\u0305\u0306",
    "می\u200c\u200cخ",
    " \u0301 \u0302a",
  ]) {
    expect(nameOf(nameOf(name))).toBe(nameOf(name));
  }
});

test("a name that is cut ends with a whole character", () => {
  expect(shorten("👩‍👩‍👧", 2)).toBe("👩");
  expect(shorten("ab  cd", 3)).toBe("ab");
});

test("a name in a sentence reorders nothing around it", () => {
  expect(isolate("עדה", "ltr")).toBe("\u2068עדה\u2069");
  expect(isolate("١٢", "ltr")).toBe("\u2068١٢\u2069");
  expect(isolate("Ada", "rtl")).toBe("\u2068Ada\u2069");
  expect(isolate("Ada", "ltr")).toBe("Ada");
  expect(isolate("\u202eAda\u2069 עדה", "ltr")).toBe("\u2068Ada עדה\u2069");
  expect(isolate("\u202eAda", "ltr")).toBe("Ada");
  expect(isolate(isolate("عدا", "rtl"), "rtl")).toBe("\u2068عدا\u2069");
  expect(isolate("", "rtl")).toBe("");
  expect(withoutDirections("\u202eevil\u2069,עדה")).toBe("evil,עדה");
});
