import { data } from "react-router";
import { changeNothing, seeNothing } from "#app/operation/nothing.server.ts";
import { form, page } from "#app/request/doors.server.ts";

function notFound(): never {
  throw data({ error: "not-found" }, { status: 404 });
}

export const loader = page(seeNothing, notFound);

export const action = form(changeNothing, { shows: notFound });

/** Never rendered, because the loader always throws to the frame's error page. It makes this a page, not a resource route. */
export default function NotFoundPage() {
  return null;
}
