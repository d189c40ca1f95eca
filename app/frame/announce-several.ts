import { announce } from "./announce.ts";

type Sent = Parameters<ReturnType<typeof announce>>[0] & { request: Request };

/** The same of a form with several of a field: `done` is told how many were sent. */
export function announceSeveral(field: string, done: (count: number) => string) {
  return async (sent: Sent) => {
    const count = new Set((await sent.request.clone().formData()).getAll(field)).size;
    return announce(() => done(count))(sent);
  };
}
