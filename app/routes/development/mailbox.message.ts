import { data } from "react-router";
import { z } from "zod";
import { mailboxHtml } from "#app/development/mailbox.server.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.object({ message: z.string() }),
  authenticate: "none",
  authorize: "public",
  execute: (scope, { message }) => mailboxHtml(scope, message),
  answer: (html) => {
    if (html === null) throw data({ error: "not-found" }, { status: 404 });
    return new Response(html.replace("<head>", '<head><base target="_blank">'), {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        // Shown in a frame of the mailbox page: its links open a page of their own, its scripts never run.
        "Content-Security-Policy":
          "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
      },
    });
  },
});
