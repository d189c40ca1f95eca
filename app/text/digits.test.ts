import { expect, test } from "vitest";
import { asciiDigits, codeOf } from "./digits.ts";

test("a code is the same in the digits of any script", () => {
  const spellings = [
    "123456",
    "١٢٣٤٥٦",
    "۱۲۳۴۵۶",
    "१२३४५६",
    "১২৩৪৫৬",
    "１２３４５６",
    "๑๒๓๔๕๖",
    "𝟭𝟮𝟯𝟰𝟱𝟲",
    "᠑᠒᠓᠔᠕᠖",
    "١2۳४5６",
  ];
  for (const spelling of spellings) expect(codeOf(spelling), spelling).toBe("123456");
});

test("blanks, hyphens and invisible characters are ignored in a code", () => {
  const spellings = [
    ...[
      "123 456",
      " 123456\n",
      "123-456",
      "123\u00a0456",
      "123\u202f456",
      "123\u2009456",
      "１２３　４５６",
      "123\u2011456",
    ],
    ...[
      "123–456",
      "123—456",
      "123\u2212456",
      "1_2_3_456",
      "\u200b123456\ufeff",
      "\u202a123\u2066456\u2069",
      "12\u00ad3456",
    ],
  ];
  for (const spelling of spellings) expect(codeOf(spelling), JSON.stringify(spelling)).toBe("123456");
});

test("case and width of letters do not change a code, other characters do", () => {
  expect(codeOf("ABCD-efgh-２３４５ ＩＪＫＬ")).toBe("abcdefgh2345ijkl");
  for (const other of ["12345", "1234567", "123.456", "123456a", "I23456"]) expect(codeOf(other)).not.toBe("123456");
});

test("every digit there is has its value", () => {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const digit = String.fromCodePoint(point);
    if (/\p{Nd}/u.test(digit)) expect(asciiDigits(digit), point.toString(16)).toMatch(/^[0-9]$/);
  }
  for (const zero of [0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce, 0x1d7d8, 0x1e950, 0x116da]) {
    const digits = Array.from({ length: 10 }, (_, value) => String.fromCodePoint(zero + value)).join("");
    if (/^\p{Nd}+$/u.test(digits)) expect(asciiDigits(digits)).toBe("0123456789");
  }
});
