import { Buffer } from "node:buffer";
import { z } from "zod";
import { fromText } from "#app/fields/from-text.ts";
import { InOrganization } from "#app/tenancy/slug.ts";

const PAGE_LIMIT = 100;
const PAGE_DEFAULT = 20;

/** The content of a cursor, as `cursorAfter` writes it: list, organization, a valid ECMAScript time, and an id. */
const Place = z.tuple([z.string(), z.string(), z.int().min(0).max(8.64e15), z.string().regex(/^[\w-]{1,64}$/)]);

/** Where a page of a list ended: the time it is sorted by, and the id that decides between equal times. */
type CursorPlace = { at: number; id: string };

/** What a read of such a list takes. It begins at the start if `after` is null. */
export type OnePage = InOrganization & { limit: number; after: CursorPlace | null };

type InPages<S extends z.ZodRawShape> = z.output<z.ZodObject<S>> & OnePage;

/** A list's name, its organization, and the id of the thing that the list belongs to, if it belongs to one. */
type List = readonly [name: string, organization: string, of?: string | undefined];

/**
 * The input of a list that programs read page by page. A cursor keeps its place while rows are added and removed. `of` names the
 * field with the id of the thing that the list belongs to, if an organization has several such lists.
 */
export function inPages<S extends z.ZodRawShape>(list: string, more: S, of?: keyof S & string): z.ZodType<InPages<S>> {
  const limit = fromText(z.int().min(1).max(PAGE_LIMIT).default(PAGE_DEFAULT)).describe("The maximum number of items.");
  const cursor = z.string().max(400).optional().describe("The `next` of the previous page.");
  const shape = { ...InOrganization.shape, ...more, limit, cursor };
  type Asked = InOrganization & { cursor?: string } & Record<string, unknown>;
  const asked = z.object(shape) as unknown as z.ZodType<Asked>;
  return asked.transform(({ cursor, ...input }, context) => {
    const here: List = [list, input.organization, of && String(input[of])];
    const after = cursor === undefined ? null : placeIn(cursor, here);
    if (after !== undefined) return { ...input, after };
    context.addIssue({ code: "custom", path: ["cursor"], message: "No cursor of this list" });
    return z.NEVER;
  }) as unknown as z.ZodType<InPages<S>>;
}

/** The cursor is opaque to programs. Another list or another organization does not accept it. */
export function cursorAfter(list: List, { at, id }: CursorPlace): string {
  return Buffer.from(JSON.stringify([nameOf(list), list[1], at, id])).toString("base64url");
}

function nameOf([name, , of]: List): string {
  return of === undefined ? name : `${name}/${of}`;
}

function placeIn(cursor: string, list: List): CursorPlace | undefined {
  try {
    const [name, organization, at, id] = Place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return name === nameOf(list) && organization === list[1] ? { at, id } : undefined;
  } catch {
    return undefined;
  }
}

export type Paged<T> = { data: T[]; next: string | null };

/** Makes a page from rows. Read one row more than `limit`: it shows that there is a next page. */
export function pageOf<R, T>(
  rows: readonly R[],
  { limit, list, place, shows }: { limit: number; list: List; place: (row: R) => CursorPlace; shows: (row: R) => T },
): Paged<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(shows),
    next: last !== undefined && rows.length > limit ? cursorAfter(list, place(last)) : null,
  };
}
