import { expect, test } from "vitest";
import { addressesIn } from "./addresses.ts";

const found = (text: string) => addressesIn(text).map(({ address }) => address);

test("addresses are found with every separator that people and programs put between them", () => {
  const three = ["ada@example.com", "bo@example.com", "eve@example.com"];
  for (const between of [",", ", ", ";", "; ", "\n", "\r\n", "\t", " ", "،", "；", ",\n", " ;; "]) {
    expect(found(three.join(between)), JSON.stringify(between)).toEqual(three);
  }
  expect(found("  \n ,; ")).toEqual([]);
});

test("names around addresses are left out, also those with a comma", () => {
  const text = `Ada Lovelace <ada@example.com>, "Hopper, Grace" <grace@example.com>; Turing, Alan <alan@example.com>
    mailto:eve@example.com, 'bo@example.com'`;
  expect(found(text)).toEqual(["ada", "grace", "alan", "eve", "bo"].map((name) => `${name}@example.com`));
  for (const end of ["\n", "\r"])
    expect(found(`"Ada <ada@example.com>${end}Bo <bo@example.com>`)).toEqual(["ada@example.com", "bo@example.com"]);
  expect(found('"eve@example.com" <ada@example.com>'), "the name is not the address").toEqual(["ada@example.com"]);
  expect(found("<mailto:ada@example.com?cc=bo@example.com,eve@example.com>")).toEqual(["ada@example.com"]);
  expect(found("Ada <ada@example.com\nBo <bo@example.com>"), "a bracket ends with its line").toEqual([
    null,
    "bo@example.com",
  ]);
});

test("in a table, such as a CSV file or a part of a sheet, only the column with addresses is read", () => {
  const table = [
    ["Name", "Email", "Team"],
    ["Ada", "ada@example.com", ""],
    ['"Hopper, Grace"', "grace@example.com", "Ships"],
  ];
  for (const between of [",", ";", "\t"]) {
    const lines = table.map((row) => row.join(between));
    expect(addressesIn(`${lines.join("\r\n")}\r\n \r\n`)).toEqual(
      ["ada@example.com", "grace@example.com"].map((address) => ({ typed: address, address })),
    );
    expect(found(lines.slice(1).join("\n"))).toEqual(["ada@example.com", "grace@example.com"]);
  }
  expect(found("Name,Email\nAda,ada@\nBo,bo@example.com"), "one is not an address").toEqual([null, "bo@example.com"]);
  expect(found("ada@example.com, bob\neve@example.com"), "this is not a table").toEqual([
    "ada@example.com",
    null,
    "eve@example.com",
  ]);
});

test("no address of a text is lost because the text looks like a table", () => {
  for (const text of [
    "ada@example.com,1\n2,eve@example.com",
    "Name,Email\nada@example.com,1\n2,eve@example.com",
    "Name,Email,Another\nAda,ada@example.com,eve@example.com",
  ])
    expect(found(text)).toEqual(expect.arrayContaining(["ada@example.com", "eve@example.com"]));
  expect(found("bob\nada@example.com"), "a line that is not an address").toEqual([null, "ada@example.com"]);
  expect(found("bob, carl")).toEqual([null, null]);
});

test("two spellings of an address count as one, and text that is no address is kept as typed", () => {
  expect(addressesIn("ADA@example.com, ada@EXAMPLE.com, Ada <ada@example.com>")).toEqual([
    { typed: "ADA@example.com", address: "ada@example.com" },
  ]);
  expect(addressesIn("ada@example.com, bob, carl@, Dora Example")).toEqual([
    { typed: "ada@example.com", address: "ada@example.com" },
    ...["bob", "carl@", "Dora Example"].map((typed) => ({ typed, address: null })),
  ]);
});
