import { openMailboxMessage } from "#app/development/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(
  openMailboxMessage,
  // A page with an error cannot be framed, so a browser would show that it is blocked.
  ({ html }) =>
    new Response(html?.replace("<head>", '<head><base target="_blank">') ?? "This email was deleted.", {
      status: html === null ? 404 : 200,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        // The mailbox page shows it in a frame: its links open in a new tab, and its scripts never run.
        "Content-Security-Policy":
          "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
      },
    }),
);
