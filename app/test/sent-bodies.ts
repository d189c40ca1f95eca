import { bodyOf, PICTURE } from "./api-bodies.ts";
import { aPicture } from "./pictures.ts";

/** The body of a row as it is sent: JSON, or a form if it contains a picture. */
export function sent(id: string, things: Record<string, string>) {
  const body = bodyOf(id, things);
  if (body === undefined) return {};
  if (!Object.values(body).includes(PICTURE)) return { json: body };
  const fields = Object.entries(body).map(([name, value]) => [name, value === PICTURE ? aPicture() : String(value)]);
  return { form: Object.fromEntries(fields) as Record<string, string | File> };
}
