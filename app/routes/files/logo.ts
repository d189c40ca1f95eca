import { isCurrentLogo, logoKey } from "#app/organizations/logos.server.ts";
import { OrganizationLogo } from "#app/organizations/schemas.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: OrganizationLogo,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: (scope, { logo }) => isCurrentLogo(scope, logo),
  answer: async (isCurrent, { storage }, { logo }) => {
    const file = isCurrent ? await storage.get(logoKey(logo)) : null;
    if (file === null) return new Response(null, { status: 404 });
    return new Response(file.body, {
      headers: {
        "Content-Type": file.type,
        "Content-Length": String(file.size),
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        // A new logo has a new id, so what is under this one never changes.
        "Cache-Control": "private, max-age=31536000, immutable",
      },
    });
  },
});
