import { expect, test } from "vitest";
import { aWorkplace } from "./people.ts";
import { aPixel } from "./pictures.ts";
import { ask } from "./requests.ts";

/** A browser that has been here a moment ago: its cookie cache is filled. */
async function aWarmCookie(cookie: string | null, url: string) {
  const { headers } = await ask(url, cookie);
  const renewed = headers.getSetCookie().map((each) => each.split(";")[0]);
  return [cookie, ...renewed].join("; ");
}

function tripsOf({ headers }: Response) {
  return Number(/desc="(\d+) trips?"/.exec(headers.get("Server-Timing") ?? "")?.[1]);
}

test("documents wait for the database once, layout and page together", async () => {
  const { organization, cookies } = await aWorkplace();
  const home = `/organizations/${organization.slug}`;
  const cookie = await aWarmCookie(cookies.member, `${home}/dashboard`);
  for (const page of ["dashboard", "gallery"]) {
    const document = await ask(`${home}/${page}`, cookie);
    expect(document.status).toBe(200);
    expect(tripsOf(document), page).toBe(1);
    expect(await document.text()).toContain("Northwind Studio");
  }
});

test("an upload costs two trips, invalid input and nobody's request none", async () => {
  const { organization, cookies } = await aWorkplace();
  const upload = `/organizations/${organization.slug}/gallery/upload`;
  const cookie = await aWarmCookie(cookies.member, "/organizations");
  const send = (file: File, as: string | null) => {
    const body = new FormData();
    body.append("file", file);
    return ask(upload, as, { method: "POST", body, headers: { Accept: "application/json" } });
  };
  const taken = await send(aPixel("pixel"), cookie);
  expect([taken.status, tripsOf(taken)]).toEqual([303, 2]);
  const refused = await send(new File(["<html>"], "page.png", { type: "image/png" }), cookie);
  expect([refused.status, tripsOf(refused)]).toEqual([415, 0]);
  const strange = await send(aPixel("pixel"), null);
  expect([strange.status, tripsOf(strange)]).toEqual([401, 0]);
  const signedOut = await ask(`/organizations/${organization.slug}/dashboard`, null);
  expect([signedOut.status, tripsOf(signedOut)]).toEqual([302, 0]);
});

test("a page of nobody asks the database nothing", async () => {
  for (const page of ["/", "/login", "/signup", "/forgot-password"]) {
    expect(tripsOf(await ask(page, null)), page).toBe(0);
  }
});
