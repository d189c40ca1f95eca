import { z } from "zod";

/** A time in RFC 3339, in UTC. */
export const time = z.iso.datetime();

export function asTime(at: number): string;
export function asTime(at: number | null): string | null;
export function asTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The id of what was created. The rest can be read at its own address. */
export const Created = z.object({ id: z.string() }).meta({ id: "Created" });

/** A page of a list. `next` is the cursor of the next page; null if there is none. */
export function pageAnswer<S extends z.ZodType>(one: S) {
  return z.object({
    data: z.array(one),
    next: z
      .string()
      .nullable()
      .meta({ examples: ["WyJpbWFnZXMiLCJhY21lIl0"] }),
  });
}
