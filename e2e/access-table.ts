import type { Visitor } from "./people.ts";
import { aPixel } from "./pictures.ts";

/** Statuses for nobody, outsider, member, admin, owner, in this order; null: the route takes no such request. */
type Answers = readonly [number, number, number, number, number];

export type Row = {
  /** As `app/routes.ts` names it. */
  file: string;
  /** `:organization` and `:image` are filled in; the image belongs to the owner. */
  url: string;
  GET?: Answers;
  /** With the form that `forms` has for the file. */
  POST?: Answers;
};

const everybody: Answers = [200, 200, 200, 200, 200];
const members: Answers = [302, 404, 200, 200, 200];
const signedIn: Answers = [302, 200, 200, 200, 200];
const unknown: Answers = [404, 404, 404, 404, 404];
const signedOut: Answers = [200, 302, 302, 302, 302];
const redirected: Answers = [302, 302, 302, 302, 302];
const postOnly: Answers = [405, 405, 405, 405, 405];
const invalid: Answers = [400, 400, 400, 400, 400];

/** Every route of the URL table. A route without a row fails by name. */
export const accessTable: readonly Row[] = [
  { file: "routes/landing.tsx", url: "/", GET: signedOut },
  { file: "routes/account/sign-up.tsx", url: "/signup", GET: signedOut, POST: [400, 302, 302, 302, 302] },
  { file: "routes/account/sign-in.tsx", url: "/login", GET: signedOut, POST: [400, 302, 302, 302, 302] },
  { file: "routes/account/sign-out.ts", url: "/logout", GET: postOnly, POST: redirected },
  { file: "routes/account/forgot-password.tsx", url: "/forgot-password", GET: everybody, POST: invalid },
  { file: "routes/account/reset-password.tsx", url: "/reset-password", GET: everybody, POST: invalid },
  { file: "routes/account/verify-email.tsx", url: "/verify-email", GET: everybody, POST: invalid },
  { file: "routes/account/resend-verification.tsx", url: "/verify-email/resend", GET: everybody, POST: invalid },
  { file: "routes/account/preferences.ts", url: "/preferences", GET: postOnly, POST: redirected },
  { file: "routes/organizations/last-used.ts", url: "/dashboard", GET: redirected },
  { file: "routes/organizations/personal.tsx", url: "/organizations", GET: signedIn },
  { file: "routes/organizations/onboarding.tsx", url: "/onboarding", GET: redirected, POST: redirected },
  { file: "routes/organizations/list.tsx", url: "/organizations", GET: signedIn },
  { file: "routes/organizations/new.tsx", url: "/organizations/new", GET: signedIn, POST: [302, 400, 400, 400, 400] },
  { file: "routes/organizations/layout.tsx", url: "/organizations/:organization/dashboard", GET: members },
  { file: "routes/organizations/home.ts", url: "/organizations/:organization", GET: [302, 404, 302, 302, 302] },
  { file: "routes/organizations/dashboard.tsx", url: "/organizations/:organization/dashboard", GET: members },
  { file: "routes/organizations/gallery.tsx", url: "/organizations/:organization/gallery", GET: members },
  { file: "routes/organizations/gallery.image.tsx", url: "/organizations/:organization/gallery/:image", GET: members },
  {
    file: "routes/organizations/gallery.upload.ts",
    url: "/organizations/:organization/gallery/upload",
    GET: members,
    POST: [302, 404, 303, 303, 303],
  },
  {
    file: "routes/organizations/gallery.rename.ts",
    url: "/organizations/:organization/gallery/:image/rename",
    GET: [302, 404, 403, 200, 200],
    POST: [302, 404, 403, 303, 303],
  },
  {
    file: "routes/organizations/gallery.remove.ts",
    url: "/organizations/:organization/gallery/:image/remove",
    GET: [302, 404, 403, 200, 200],
    POST: [302, 404, 403, 303, 404],
  },
  { file: "routes/files/image.ts", url: "/files/:organization/images/:image", GET: members },
  { file: "routes/files/logo.ts", url: "/files/:organization/logo/:logo", GET: members },
  {
    file: "routes/api/dashboard.ts",
    url: "/api/organizations/:organization/dashboard",
    GET: [401, 404, 200, 200, 200],
  },
  {
    file: "routes/api/gallery.ts",
    url: "/api/organizations/:organization/gallery",
    GET: [401, 404, 200, 200, 200],
    POST: [401, 404, 201, 201, 201],
  },
  { file: "routes/api/not-found.ts", url: "/api/anything", GET: unknown, POST: unknown },
  { file: "routes/operations/health.ts", url: "/healthz", GET: everybody },
  { file: "routes/operations/ready.ts", url: "/readyz", GET: everybody },
  { file: "routes/development/mailbox.tsx", url: "/dev/mailbox", GET: everybody },
  { file: "routes/development/mailbox.message.ts", url: "/dev/mailbox/none", GET: unknown },
  { file: "routes/not-found.tsx", url: "/no-such-page", GET: unknown, POST: unknown },
];

/** Forms that would be taken from whoever may; routes without one get an empty form. */
export const forms: Record<string, (visitor: Visitor) => Record<string, string> | FormData> = {
  "routes/organizations/gallery.rename.ts": (visitor) => ({ name: `Renamed by ${visitor}` }),
  "routes/organizations/gallery.upload.ts": anUpload,
  "routes/api/gallery.ts": anUpload,
};

function anUpload(visitor: Visitor): FormData {
  const form = new FormData();
  form.append("file", aPixel(visitor));
  return form;
}
