import type { Visitor, visitors } from "./people.ts";
import { aPixel } from "./pixel.ts";

type Each<T extends readonly unknown[]> = { [Place in keyof T]: number };

/** The expected statuses for the visitors, in their order. A method that is left out is not requested. */
export type Answers = Each<typeof visitors>;

export type Row = {
  /** The file as `app/routes.ts` names it, or the id of a row of the API that pages use (`pageRows`). */
  file: string;
  /**
   * `:organization`, `:image`, `:member` and the like are filled in. The image, avatar, passkey and linked account belong to
   * the owner; the member is none of the visitors.
   */
  url: string;
  GET?: Answers;
  /** Sent with the form that `forms` has for the file. */
  POST?: Answers;
};

/**
 * What forms can name. The slug of another organization and the owner's membership are refused. `things` are ids of things of the
 * organization, by the names that domains give to them.
 */
export type Named = { slug: string; owner: string; things: Record<string, string> };

/** A form that would be accepted from anyone with the right. */
export type Form = (visitor: Visitor, named: Named) => Record<string, string> | FormData;

export const everybody: Answers = [200, 200, 200, 200, 200];
export const members: Answers = [302, 404, 200, 200, 200];
export const admins: Answers = [302, 404, 403, 200, 200];
export const owners: Answers = [302, 404, 403, 403, 200];
export const changedByAdmins: Answers = [302, 404, 403, 303, 303];
export const changedByOwners: Answers = [302, 404, 403, 403, 303];
export const refusedToOwners: Answers = [302, 404, 403, 403, 409];
export const signedIn: Answers = [302, 200, 200, 200, 200];
export const unknown: Answers = [404, 404, 404, 404, 404];
export const signedOut: Answers = [200, 302, 302, 302, 302];
export const redirected: Answers = [302, 302, 302, 302, 302];
export const ledOn: Answers = [303, 303, 303, 303, 303];
export const postOnly: Answers = [405, 405, 405, 405, 405];
export const invalid: Answers = [400, 400, 400, 400, 400];
export const changed: Answers = [302, 303, 303, 303, 303];
export const refusedToAll: Answers = [302, 403, 403, 403, 403];
export const inConflict: Answers = [302, 409, 409, 409, 409];
export const ownersOwn: Answers = [302, 404, 404, 404, 200];
export const unproven: Answers = [401, 401, 401, 401, 401];
export const unvouched: Answers = [403, 403, 403, 403, 403];

export function aFile(field: string, visitor: Visitor): FormData {
  return withFiles({}, visitor, field);
}

/** @public A form of a generated resource, with these texts and a picture in each of these fields. */
export function withFiles(texts: Record<string, string>, visitor: string, ...fields: string[]): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(texts)) form.append(name, text);
  for (const field of fields) form.append(field, aPixel(visitor));
  return form;
}
