import { expect, test } from "vitest";
import { ask } from "../requests.ts";
import { aFurnishedWorkplace, fillIn } from "../workplace.ts";

test("an image of the gallery cannot be framed, and runs nothing", async () => {
  const workplace = await aFurnishedWorkplace();
  const { status, headers } = await ask(
    fillIn("/files/:organization/images/:image", workplace),
    workplace.cookies.owner,
  );
  expect(status).toBe(200);
  const policy = headers.get("Content-Security-Policy") ?? "";
  expect(policy.split("; ")).toContain("frame-ancestors 'none'");
  expect(policy).toMatch(/; sandbox$/);
});
