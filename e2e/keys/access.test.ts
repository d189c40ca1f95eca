import { expect, inject, test } from "vitest";
import { apiRows } from "../../app/api.ts";
import type { ApiRow } from "../../app/operation/api-row.server.ts";
import { keyPermissions } from "../../app/tenancy/permissions.ts";
import { bodyOf, PICTURE } from "../../app/test/api-bodies.ts";
import { aKey } from "../../app/test/builders.ts";
import { rowsOf } from "../../app/test/tables.ts";
import { keyActors } from "../access-table.ts";
import { aPixel } from "../pixel.ts";
import { OWN_CONNECTION } from "../requests.ts";
import { aFurnishedWorkplace, type Workplace } from "../workplace.ts";

test("every path of the API answers each key as the access table says, and a refused one touches no row", async () => {
  const workplace = await aFurnishedWorkplace();
  const { db, organization, elsewhere } = workplace;
  const before = await rowsOf(db, "organization", organization.id);
  const wrong: string[] = [];
  for (const row of apiRows) {
    for (const [actor, { answers, here = true, lacks, ...values }] of Object.entries(keyActors)) {
      const permissions = keyPermissions.filter((each) => !lacks || each !== row.operation.authorize);
      const organizationId = here ? organization.id : elsewhere.id;
      const { id, secret } = await aKey(db, { organizationId, permissions, ...values });
      const answer = await call(row, workplace, { Authorization: `Bearer ${secret}` });
      const { code } = (await answer.json()) as { code: string };
      if (answer.status !== answers[0] || code !== answers[1])
        wrong.push(`${row.id} ${actor}: ${answer.status} ${code}`);
      if (here) dead.push(id);
    }
  }
  expect(wrong).toEqual([]);
  const { api_key: keys, ...after } = await rowsOf(db, "organization", organization.id);
  const { api_key: known, ...others } = before;
  expect(after).toEqual(others);
  expect((keys as { id: string }[]).filter(({ id }) => !dead.includes(id))).toEqual(known);
});

const dead: string[] = [];

test("a key beside a session's cookie is refused on every path of the API", async () => {
  const workplace = await aFurnishedWorkplace();
  const { db, organization, cookies } = workplace;
  const { secret } = await aKey(db, { organizationId: organization.id, permissions: keyPermissions });
  const both = { Authorization: `Bearer ${secret}`, Cookie: cookies.owner ?? "" };
  for (const row of apiRows) {
    const answer = await call(row, workplace, both);
    expect([row.id, answer.status, (await answer.json()) as object]).toMatchObject([
      row.id,
      400,
      { code: "two-callers" },
    ]);
  }
});

const NO_DELIVERY = `msg_${"0".repeat(32)}`;

/** Calls the API as a program does, without a cookie jar and without an Origin header. */
function call(
  { id, method, path, file }: ApiRow,
  { organization, things, member, invitation }: Workplace,
  headers: object,
) {
  const ids: Record<string, string> = { organization: organization.slug, ...things, member, invitation };
  const url = `/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? NO_DELIVERY)}`;
  const body = bodyOf(id, things);
  const isForm = file !== undefined || Object.values(body ?? {}).includes(PICTURE);
  return fetch(new URL(url, inject("appUrl")), {
    method,
    headers: { ...OWN_CONNECTION, ...headers, ...(body && !isForm && { "Content-Type": "application/json" }) },
    ...(isForm
      ? { body: formOf(file === undefined ? body : { [file]: PICTURE }) }
      : body && { body: JSON.stringify(body) }),
  });
}

function formOf(fields: Record<string, unknown> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.append(name, value === PICTURE ? aPixel("pixel") : String(value));
  return form;
}
