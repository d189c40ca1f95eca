import { expect, test } from "vitest";
import { LATER_PAGE, onPage, placeIn } from "./list-place.ts";
import { pagedWords } from "./paged-words.ts";

const list = { page: LATER_PAGE, role: /^(admin|owner)$/ };

test("a list keeps what it accepts of a search, without what is the default, unknown or malformed", () => {
  expect(placeIn(list, "?other=1&role=admin&page=12")).toBe("?page=12&role=admin");
  for (const search of ["", "?", "?page=1", "?page=0", "?page=02", "?page=-2", "?page=1234567890", "?role=member"])
    expect(placeIn(list, search), search).toBe("");
});

test("the address of the first page names no page, and that of any other keeps the rest of the search", () => {
  expect([onPage("?role=admin&page=3", 1), onPage("?page=3", 1), onPage("", 1)]).toEqual(["?role=admin", "", ""]);
  expect([onPage("?role=admin", 2), onPage("?page=3", 4)]).toEqual(["?role=admin&page=2", "?page=4"]);
});

test("a title names the page from the second one on", () => {
  for (const search of ["", "?page=1", "?page=0", "?page=x"]) expect(pagedWords("Members", search)).toBe("Members");
  expect(pagedWords("Members", "?role=admin&page=2")).toBe("Members · Page 2");
});
