import { announce } from "./announce.ts";

type Sent = Parameters<ReturnType<typeof announce>>[0] & { request: Request };

/** Like `announce`, for a form that sends several values of one field: `done` gets their number. */
export function announceSeveral(field: string, done: (count: number) => string) {
  return async (sent: Sent) => {
    const count = new Set((await sent.request.clone().formData()).getAll(field)).size;
    return announce(() => done(count))(sent);
  };
}
