import { expect, test } from "vitest";
import { initialsOf } from "./initials.ts";

test("initials are letters or digits of the first and the last word, in any script", () => {
  const initials = (name: string) => initialsOf(name).replace("\u200c", "");
  const expected = {
    "Ada Lovelace": "AL",
    ada: "A",
    "Anna Maria van den Berg": "AB",
    "Jane Doe (she/her)": "JD",
    "“Acme” GmbH": "AG",
    "'t Hart BV": "TB",
    "- Team": "T",
    "@home": "H",
    "🇧🇪 Zoë": "Z",
    "🦊": "🦊",
    "🇧🇪": "🇧🇪",
    "👩🏽‍🚀 🦊": "👩🏽‍🚀",
    "ß test": "ST",
    "3 Monkeys": "3M",
    "e\u0301clair noir": "E\u0301N",
    "محمد الطويل": "ما",
    "कि राम": "किरा",
    "": "",
  };
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, initials(name)]))).toEqual(expected);
});
