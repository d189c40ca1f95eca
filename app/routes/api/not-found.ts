import { changeNothing, seeNothing } from "#app/operation/nothing.server.ts";
import { form, page } from "#app/request/doors.server.ts";

function notFound() {
  return Response.json({ error: "not-found" }, { status: 404 });
}

export const loader = page(seeNothing, notFound);

export const action = form(changeNothing, { shows: notFound });
