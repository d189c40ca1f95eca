import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";
import { m } from "./i18n/messages.ts";
import { PRODUCT_NAME } from "./product.ts";
import routes from "./routes.ts";

type Meta = (page: unknown) => { title?: string }[];
type Page = { pattern: string; page: unknown; meta: Meta | undefined };
type Module = { default?: unknown; meta?: Meta };

const modules = import.meta.glob<Module>(["./routes/**/*.{ts,tsx}", "!./routes/**/*.test.ts"], { eager: true });

const all = pagesIn(routes, "");
const pages = all.filter(({ pattern }) => /^\/(organizations|settings|notifications)/.test(pattern));
const ofOrganizations = pages.filter(({ pattern }) => pattern.startsWith("/organizations/:organization/"));
const ofOne = pages.filter(({ pattern }) => /:(?!organization)/.test(pattern));

function pagesIn(entries: readonly RouteConfigEntry[], prefix: string): Page[] {
  return entries.flatMap(({ file, path, index, children = [] }) => {
    const pattern = path === undefined ? prefix : `${prefix}/${path}`;
    const { default: page, meta } = modules[`./${file}`] ?? {};
    const isPage = page !== undefined && (path !== undefined || index === true);
    return [...(isPage ? [{ pattern, page, meta }] : []), ...pagesIn(children, pattern)];
  });
}

/** Replaces the loader data of pages about one thing: it has a thing of every kind, and each text in a thing is its name. */
const found = new Proxy({} as Record<PropertyKey, unknown>, {
  get: (_, kind) => {
    const name = `Summer ${String(kind)}`;
    const entry = { action: "organization.deleted", targetName: name, before: null, after: null, at: 0 };
    const texts: Record<PropertyKey, unknown> = { ...entry, name, provider: name };
    return texts[kind] ?? new Proxy({}, { get: () => name });
  },
});

type Asked = { error?: unknown; search?: string };

function titleOf({ meta }: Pick<Page, "meta">, { error, search = "" }: Asked = {}): string {
  const frame = { loaderData: { organizations: [{ slug: "here", name: "Acme" }] } };
  const shown = {
    params: { organization: "here" },
    loaderData: found,
    matches: [undefined, frame],
    error,
    location: { search },
  };
  return meta?.(shown).find(({ title }) => title !== undefined)?.title ?? "";
}

test("every page has a title", () => {
  const untitled = all.filter(({ meta }) => meta === undefined);
  expect(untitled.map(({ pattern }) => pattern)).toEqual(["/*"]);
});

test("the title of an error page in an organization names the error and the organization", () => {
  const notFound = { status: 404, statusText: "", internal: false, data: { error: "not-found" } };
  const { meta } = modules["./routes/frame.tsx"] ?? {};
  expect(titleOf({ meta }, { error: notFound })).toBe(`${m.errors_not_found_title()} · Acme · ${PRODUCT_NAME}`);
});

test("the title of every page in an organization names it, so the tabs of two differ", () => {
  const nameless = ofOrganizations.filter((page) => !titleOf(page).includes(" · Acme · "));
  expect(nameless.map(({ pattern }) => pattern)).toEqual([]);
  expect(ofOrganizations.length).toBeGreaterThan(30);
});

test("the title of every page of one thing names the thing", () => {
  const nameless = ofOne.filter((page) => !titleOf(page).includes("Summer"));
  expect(nameless.map(({ pattern }) => pattern)).toEqual([]);
  expect(ofOne.length).toBeGreaterThan(10);
});

test("the title of a list says which page of it is shown, from the second on", () => {
  const lists = pages.filter((page) => titleOf(page) !== titleOf(page, { search: "?page=2" }));
  const members = "/organizations/:organization/members";
  const deliveries = "/organizations/:organization/webhooks/:webhook";
  expect(lists.map(({ pattern }) => pattern)).toEqual(expect.arrayContaining(["/notifications", members, deliveries]));
  for (const { pattern, meta } of lists) {
    const [first, second, twelfth] = ["", "?page=1", "?sort=name&page=12"].map((search) =>
      titleOf({ meta }, { search }),
    );
    expect.soft(second, pattern).toBe(first);
    expect.soft(twelfth, pattern).toContain(` · ${m.common_page_number({ page: "12" })} · `);
    expect.soft(twelfth, pattern).toMatch(new RegExp(`^${first?.split(" · ")[0]} · `));
  }
});

test("two URLs have the same title only if they show the same page", () => {
  const alike = [...Map.groupBy(pages, (page) => titleOf(page))].filter(
    ([, same]) => new Set(same.map(({ page }) => page)).size > 1,
  );
  expect(alike.map(([title, same]) => [title, ...same.map(({ pattern }) => pattern)])).toEqual([]);
});
