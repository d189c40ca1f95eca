import { expect, test } from "vitest";
import { searchForm } from "./search-form.ts";

test("a search ignores differences in case, accents and spelling that people ignore", () => {
  const same = [
    ["Café", "cafe\u0301", "CAFÉ", "cafe", "ＣＡＦÉ"],
    ["İSTANBUL", "istanbul", "ıstanbul", "ISTANBUL", "I\u0307stanbul"],
    ["Straße", "STRASSE", "STRAẞE", "strasse"],
    ["ΟΔΥΣΣΕΎΣ", "Οδυσσεύς", "οδυσσευσ"],
    ["ЁЛКА", "ёлка", "елка", "Е\u0308лка"],
    ["Łódź", "lodz", "ŁÓDŹ"],
    ["Smørrebrød", "SMORREBROD"],
    ["ﬁne", "FINE"],
    ["फ़ोटो", "फ\u093cोटो"],
    ["على", "علي", "علی"],
    ["مُحَمَّد", "محمد", "محمــد"],
    ["أحمد", "احمد"],
    ["کتاب", "كتاب"],
    ["می‌خواهم", "میخواهم"],
    ["Photo ١٢", "photo 12", "PHOTO １２"],
    ["が", "か\u3099"],
    ["한글", "한글"],
    ["ԵՐԵՎԱՆ", "երևան".replace("և", "եվ")],
    ["Zusammen\u00adarbeit", "zusammenarbeit"],
    ["Ada  Example", "ada\u00a0example "],
  ];
  for (const [first = "", ...others] of same) {
    for (const other of others) expect(searchForm(other), `${first} ${other}`).toBe(searchForm(first));
  }
});

test("a search distinguishes characters that people distinguish", () => {
  for (const [one, other] of [
    ["कि", "की"],
    ["か", "が"],
    ["กา", "กี"],
    ["ah", "a"],
    ["σ", "o"],
    ["100%", "100_"],
  ] as const) {
    expect(searchForm(one)).not.toBe(searchForm(other));
  }
});

test("the search form of a search form is the same", () => {
  for (const text of ["İSTANBUL Straße ŉ", "Οδυσσεύς", "مُحَمَّد", "ǆ ﬃ ½ ℡ ㎏", "ḍ̇ ŋ̄"]) {
    expect(searchForm(searchForm(text)), text).toBe(searchForm(text));
  }
});
