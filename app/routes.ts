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

  route("accept-invite", "routes/invitations/accept.tsx"),
  route("accept-invite/decline", "routes/invitations/decline.tsx"),

  route("dashboard", "routes/organizations/last-used.ts"),
  layout("routes/organizations/personal.tsx", [
    route("onboarding", "routes/organizations/onboarding.tsx"),
    route("organizations", "routes/organizations/list.tsx"),
    route("organizations/new", "routes/organizations/new.tsx"),
    route("notifications", "routes/notifications/list.tsx"),
  ]),
  route("notifications/read", "routes/notifications/read-all.ts"),
  route("notifications/:notification/read", "routes/notifications/read.ts"),

  route("organizations/:organization", "routes/organizations/layout.tsx", [
    index("routes/organizations/home.ts"),
    route("dashboard", "routes/organizations/dashboard.tsx"),
    route("gallery", "routes/organizations/gallery.tsx"),
    route("gallery/upload", "routes/organizations/gallery.upload.ts"),
    route("gallery/:image", "routes/organizations/gallery.image.tsx"),
    route("gallery/:image/rename", "routes/organizations/gallery.rename.ts"),
    route("gallery/:image/remove", "routes/organizations/gallery.remove.ts"),
    route("members", "routes/organizations/members.tsx"),
    route("members/:member", "routes/organizations/members.member.tsx"),
    route("members/:member/role", "routes/organizations/members.role.ts"),
    route("members/:member/remove", "routes/organizations/members.remove.ts"),
    route("leave", "routes/organizations/leave.ts"),
    route("invitations", "routes/organizations/invitations.ts"),
    route("invitations/:invitation", "routes/organizations/invitations.invitation.tsx"),
    route("invitations/:invitation/resend", "routes/organizations/invitations.resend.ts"),
    route("invitations/:invitation/role", "routes/organizations/invitations.role.ts"),
    route("invitations/:invitation/revoke", "routes/organizations/invitations.revoke.ts"),
    route("audit", "routes/organizations/audit.tsx"),
    route("settings", "routes/organizations/settings.tsx"),
    route("settings/slug", "routes/organizations/settings.slug.tsx"),
    route("settings/logo", "routes/organizations/settings.logo.tsx"),
    route("settings/logo/remove", "routes/organizations/settings.logo-remove.ts"),
    route("settings/hand-over", "routes/organizations/settings.hand-over.ts"),
    route("settings/delete", "routes/organizations/settings.delete.ts"),
  ]),
  route("organizations/:organization/audit/export", "routes/organizations/audit.export.ts"),

  route("files/:organization/images/:image", "routes/files/image.ts"),
  route("files/:organization/logo/:logo", "routes/files/logo.ts"),

  ...prefix("api/organizations/:organization", [
    route("dashboard", "routes/api/dashboard.ts"),
    route("gallery", "routes/api/gallery.ts"),
    route("members", "routes/api/members.ts"),
    route("audit", "routes/api/audit.ts"),
  ]),
  route("api/notifications", "routes/api/notifications.ts"),
  route("api/palette", "routes/api/palette.ts"),
  route("api/*", "routes/api/not-found.ts"),

  route("healthz", "routes/operations/health.ts"),
  route("readyz", "routes/operations/ready.ts"),
  route("dev/mailbox", "routes/development/mailbox.tsx"),
  route("dev/mailbox/:message", "routes/development/mailbox.message.ts"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
