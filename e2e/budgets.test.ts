import { expect, inject, test } from "vitest";
import { member } from "../app/db/schema/organizations.ts";
import { MEMBERS_PER_PAGE } from "../app/organizations/limits.ts";
import { aPerson } from "../app/test/builders.ts";
import { openBrowser, type Visit } from "./browser.ts";
import { compressedSize } from "./built-files.ts";
import { documentOf, excess, kilobytes, withDomains } from "./document-size.ts";
import { open, requestsOf } from "./journeys/steps.ts";
import { aWorkplace, signIn } from "./people.ts";

const browser = openBrowser();

const STYLES = withDomains(11_000, 100);

/** The limits of a first visit before any input: bytes as transferred, and requests without images and the typeface. */
const LOADS = {
  login: { scripts: withDomains(129_300, 500), styles: STYLES, typeface: 40_000, requests: 15 },
  dashboard: { scripts: withDomains(139_900, 1950), styles: STYLES, typeface: 40_000, requests: 14 },
};

/** The limits of a whole page of an organization: bytes before compression, and elements. */
const DOCUMENTS = {
  dashboard: { bytes: withDomains(17_000, 600), elements: withDomains(180, 8) },
  members: { bytes: withDomains(36_500, 600), elements: withDomains(540, 8) },
};

test("a first visit to the sign-in page stays small", async () => {
  await using visit = await browser.visit();
  expect(excess(await weigh(visit, "/login"), LOADS.login)).toEqual({});
});

test("a first visit to the dashboard stays small", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit();
  await signIn(visit.context, people.owner);
  expect(excess(await weigh(visit, `/organizations/${organization.slug}/dashboard`), LOADS.dashboard)).toEqual({});
});

test("the documents of an organization stay small", async () => {
  const { db, organization, people } = await aWorkplace();
  for (let each = 0; each < MEMBERS_PER_PAGE; each += 1) {
    const { id: userId } = await aPerson(db, { name: `Person ${each}` });
    await db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: organization.id, userId, role: "member" });
  }
  await using visit = await browser.visit();
  await signIn(visit.context, people.owner);
  for (const [name, budget] of Object.entries(DOCUMENTS)) {
    const found = await documentOf(visit, `/organizations/${organization.slug}/${name}`);
    expect.soft(excess(found, budget), name).toEqual({});
  }
});

/** Opens the page, waits for its last request, and measures all its scripts and styles, including preloaded ones. */
async function weigh({ page }: Visit, address: string) {
  const asked = new Map<string, string>();
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === inject("appUrl")) asked.set(pathname, request.resourceType());
  });
  const requests = requestsOf(page);
  const response = await open(page, address);
  expect(response?.status()).toBe(200);
  await requests.done();
  expect(new URL(page.url()).pathname).toBe(address);
  const ofType = (end: string) => [...asked.keys()].filter((pathname) => pathname.endsWith(end));
  expect(ofType(".js").length).toBeGreaterThan(0);
  expect(ofType(".css").length).toBeGreaterThan(0);
  expect(ofType(".woff2").length).toBe(1);
  const scripts = await compressedSize(ofType(".js"));
  const styles = await compressedSize(ofType(".css"));
  const typeface = await compressedSize(ofType(".woff2"));
  const without = [...asked].filter(([, type]) => type !== "image" && type !== "font").map(([pathname]) => pathname);
  console.info(
    `${address}: ${kilobytes(scripts)} of scripts, ${kilobytes(styles)} of styles, ${without.length} requests`,
  );
  return { scripts, styles, typeface, requests: without.length };
}
