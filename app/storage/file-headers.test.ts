import { expect, test } from "vitest";
import { disposition, safeHeaders } from "./file-headers.ts";

test("a file's name can have any letters and signs in a header, and ends no part of it", () => {
  const name = "Отчёт “1” (ä); filename=x\r\n.pdf";
  const headers = new Headers({ ...safeHeaders, "Content-Disposition": disposition("attachment", name) });
  const [, encoded = ""] =
    /^attachment; filename\*=UTF-8''([\w%.!~-]+)$/.exec(headers.get("Content-Disposition") ?? "") ?? [];
  expect(decodeURIComponent(encoded)).toBe(name);
});
