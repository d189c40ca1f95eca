import { expect, test } from "vitest";
import { makerOf } from "./makers.server.ts";

test("a passkey is called after its maker where that is known", () => {
  expect(makerOf("EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4")).toBe("Google Password Manager");
  expect(makerOf("00000000-0000-0000-0000-000000000000")).toBeNull();
  expect(makerOf("constructor")).toBeNull();
});
