import { readFile } from "node:fs/promises";
import path from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { session } from "../app/db/schema/people.ts";
import { accessTable, forms } from "./access-table.ts";
import { aWorkplace } from "./people.ts";
import { ask } from "./requests.ts";

/** Which half of a route says "fresh", read from its source, so that none is left out. */
async function freshHalves(file: string) {
  const source = await readFile(path.join(import.meta.dirname, "../app", file), "utf8");
  const half = (name: "loader" | "action") =>
    /authenticate: "fresh"/.test(new RegExp(`export const ${name} = [^;]*?execute`, "s").exec(source)?.[0] ?? "");
  return { GET: half("loader"), POST: half("action") };
}

const FRESH_PAGES = 13;
const FRESH_CHANGES = 13;

test("a stolen cookie gets nowhere that asks for a fresh proof", async () => {
  const { db, people, organization, elsewhere, cookies } = await aWorkplace();
  await db
    .update(session)
    .set({ provenAt: new Date(Date.now() - 11 * 60_000) })
    .where(eq(session.userId, people.owner.id));
  const asked = { GET: 0, POST: 0 };
  const wrong: string[] = [];
  for (const row of accessTable) {
    const halves = await freshHalves(row.file);
    const url = row.url.replace(":organization", organization.slug).replace(/:\w+/g, crypto.randomUUID());
    const expectConfirmation = async (method: "GET" | "POST") => {
      asked[method] += 1;
      const form = forms[row.file]?.("owner", { slug: elsewhere.slug, owner: crypto.randomUUID() }) ?? {};
      const body = method === "GET" ? null : form instanceof FormData ? form : new URLSearchParams(form);
      const { status, headers } = await ask(url, cookies.owner, { method, body });
      const leadsOn = status === 302 && headers.get("Location")?.startsWith("/confirm?redirectTo=%2F");
      // What has no page answers the scripts that ask.
      if (!leadsOn && !(status === 403 && row.GET?.[4] === 405))
        wrong.push(`${method} ${url}: ${status} ${headers.get("Location")}`);
      if (method === "GET") return;
      const data = await ask(url, cookies.owner, { method, body, headers: { Accept: "application/json" } });
      if (data.status !== 403 || !(await data.text()).includes("confirm"))
        wrong.push(`${method} ${url}: ${data.status} as data`);
    };
    if (halves.GET) await expectConfirmation("GET");
    if (halves.POST) await expectConfirmation("POST");
  }
  expect(wrong).toEqual([]);
  expect(asked).toEqual({ GET: FRESH_PAGES, POST: FRESH_CHANGES });
});
