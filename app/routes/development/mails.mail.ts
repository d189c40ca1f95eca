import { showMail } from "#app/development/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(
  showMail,
  (html) =>
    new Response(html, {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        // Shown in a fully sandboxed frame, so the links of a sample do nothing.
        "Content-Security-Policy":
          "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
      },
    }),
);
