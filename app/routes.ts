import { index, layout, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  index("routes/landing.tsx"),

  route("signup", "routes/account/sign-up.tsx"),
  route("login", "routes/account/sign-in.tsx"),
  route("logout", "routes/account/sign-out.ts"),
  route("forgot-password", "routes/account/forgot-password.tsx"),
  route("reset-password", "routes/account/reset-password.tsx"),
  route("verify-email", "routes/account/verify-email.tsx"),
  route("verify-email/resend", "routes/account/resend-verification.tsx"),
  route("preferences", "routes/account/preferences.ts"),

  route("dashboard", "routes/organizations/last-used.ts"),
  layout("routes/organizations/personal.tsx", [
    route("onboarding", "routes/organizations/onboarding.tsx"),
    route("organizations", "routes/organizations/list.tsx"),
    route("organizations/new", "routes/organizations/new.tsx"),
  ]),
  route("organizations/:organization", "routes/organizations/layout.tsx", [
    index("routes/organizations/home.ts"),
    route("dashboard", "routes/organizations/dashboard.tsx"),
    route("gallery", "routes/organizations/gallery.tsx"),
    route("gallery/upload", "routes/organizations/gallery.upload.ts"),
    route("gallery/:image", "routes/organizations/gallery.image.tsx"),
    route("gallery/:image/rename", "routes/organizations/gallery.rename.ts"),
    route("gallery/:image/remove", "routes/organizations/gallery.remove.ts"),
  ]),

  route("files/:organization/images/:image", "routes/files/image.ts"),
  route("files/:organization/logo/:logo", "routes/files/logo.ts"),

  ...prefix("api/organizations/:organization", [
    route("dashboard", "routes/api/dashboard.ts"),
    route("gallery", "routes/api/gallery.ts"),
  ]),
  route("api/*", "routes/api/not-found.ts"),

  route("healthz", "routes/operations/health.ts"),
  route("readyz", "routes/operations/ready.ts"),
  route("dev/mailbox", "routes/development/mailbox.tsx"),
  route("dev/mailbox/:message", "routes/development/mailbox.message.ts"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
