import { randomUUID } from "node:crypto";
import {
  admins,
  aFile,
  changed,
  changedByAdmins,
  changedByOwners,
  everybody,
  type Form,
  inConflict,
  invalid,
  ledOn,
  members,
  owners,
  ownersOwn,
  postOnly,
  type Row,
  redirected,
  refusedToAll,
  refusedToOwners,
  signedIn,
  signedOut,
  unknown,
  unproven,
  unvouched,
} from "./access-rows.ts";

const domains = import.meta.glob<{ rows: readonly Row[]; forms: Record<string, Form> }>("./*/access.ts", {
  eager: true,
});

const setup = randomUUID();

/** Every route of the URL table; domains have theirs in `<domain>/access.ts`. A test names each route without a row. */
export const accessTable: readonly Row[] = [
  { file: "routes/landing.ts", url: "/", GET: signedOut },
  { file: "routes/developers.tsx", url: "/developers", GET: everybody },
  { file: "routes/account/layout.tsx", url: "/signup" },
  { file: "routes/account/sign-up.ts", url: "/signup", GET: signedOut, POST: [400, 302, 302, 302, 302] },
  {
    file: "routes/account/sign-up.correct.ts",
    url: "/signup/correct",
    GET: signedOut,
    POST: [400, 302, 302, 302, 302],
  },
  { file: "routes/account/sign-in.ts", url: "/login", GET: signedOut, POST: [400, 302, 302, 302, 302] },
  { file: "routes/account/sign-in.code.ts", url: "/login/code", GET: signedOut, POST: [400, 302, 302, 302, 302] },
  { file: "routes/account/sign-in.code-enter.ts", url: "/login/code/enter", GET: redirected, POST: redirected },
  { file: "routes/account/sign-out.ts", url: "/logout", GET: postOnly, POST: ledOn },
  { file: "routes/account/forgot-password.ts", url: "/forgot-password", GET: everybody, POST: invalid },
  { file: "routes/account/reset-password.ts", url: "/reset-password", GET: everybody, POST: invalid },
  { file: "routes/account/verify-email.ts", url: "/verify-email", GET: everybody, POST: invalid },
  { file: "routes/account/resend-verification.ts", url: "/verify-email/resend", GET: everybody, POST: invalid },
  { file: "routes/account/preferences.ts", url: "/preferences", GET: postOnly, POST: [303, 303, 303, 303, 303] },
  { file: "routes/account/second-step.ts", url: "/login/second-step", GET: redirected, POST: redirected },
  { file: "routes/account/sign-in.passkey.ts", url: "/login/passkey", GET: postOnly, POST: unproven },
  { file: "routes/account/passkey-challenge.ts", url: "/passkeys/challenge", GET: postOnly, POST: everybody },
  { file: "routes/account/provider.ts", url: "/login/openid", GET: everybody, POST: ledOn },
  { file: "routes/account/provider-return.ts", url: "/login/openid/callback", GET: everybody, POST: unvouched },
  { file: "routes/account/confirm.provider.ts", url: "/confirm/openid", GET: signedIn, POST: refusedToAll },
  {
    file: "routes/settings/security.account-link.ts",
    url: "/settings/security/accounts/openid/link",
    GET: signedIn,
    POST: refusedToAll,
  },
  { file: "routes/account/confirm-email.ts", url: "/confirm-email", GET: everybody, POST: invalid },
  { file: "routes/account/undo-email.ts", url: "/undo-email", GET: everybody, POST: invalid },
  { file: "routes/account/confirm.tsx", url: "/confirm", GET: signedIn, POST: refusedToAll },
  { file: "routes/account/confirm.passkey.ts", url: "/confirm/passkey", GET: postOnly, POST: refusedToAll },
  { file: "routes/settings-messages.tsx", url: "/settings/account" },
  { file: "routes/settings/change-password.ts", url: "/.well-known/change-password", GET: redirected },
  { file: "routes/settings/home.ts", url: "/settings", GET: redirected },
  { file: "routes/settings/layout.tsx", url: "/settings/account", GET: signedIn },
  { file: "routes/settings/account.tsx", url: "/settings/account", GET: signedIn, POST: changed },
  { file: "routes/settings/account.avatar.tsx", url: "/settings/account/avatar", GET: signedIn, POST: changed },
  {
    file: "routes/settings/account.avatar-remove.ts",
    url: "/settings/account/avatar/remove",
    GET: postOnly,
    POST: changed,
  },
  { file: "routes/settings/email.ts", url: "/settings/account/email", GET: signedIn, POST: changed },
  { file: "routes/settings/email-cancel.ts", url: "/settings/account/email/cancel", GET: postOnly, POST: changed },
  { file: "routes/settings/export.ts", url: "/settings/account/export", GET: signedIn },
  { file: "routes/settings/delete.ts", url: "/settings/account/delete", GET: signedIn, POST: inConflict },
  { file: "routes/settings/appearance.tsx", url: "/settings/appearance", GET: signedIn },
  {
    file: "routes/settings/notifications.tsx",
    url: "/settings/notifications",
    GET: signedIn,
    POST: changed,
  },
  {
    file: "routes/settings/notifications.mute.ts",
    url: "/settings/notifications/organizations/:organization/mute",
    GET: postOnly,
    POST: [302, 404, 303, 303, 303],
  },
  {
    file: "routes/notifications/unsubscribe.tsx",
    url: `/unsubscribe/${setup}/role-changed/${"A".repeat(43)}`,
    GET: unknown,
    POST: unknown,
  },
  { file: "routes/settings/security.tsx", url: "/settings/security", GET: signedIn },
  { file: "routes/settings/security.password.ts", url: "/settings/security/password", GET: signedIn, POST: changed },
  {
    file: "routes/settings/security.authenticator.ts",
    url: `/settings/security/authenticator?setup=${setup}`,
    GET: signedIn,
    POST: refusedToAll,
  },
  {
    file: "routes/settings/security.authenticator-remove.ts",
    url: "/settings/security/authenticator/remove",
    GET: signedIn,
    POST: changed,
  },
  {
    file: "routes/settings/security.backup-codes.ts",
    url: "/settings/security/backup-codes",
    GET: signedIn,
    POST: inConflict,
  },
  {
    file: "routes/settings/security.passkey-challenge.ts",
    url: "/settings/security/passkeys/challenge",
    GET: postOnly,
    POST: signedIn,
  },
  {
    file: "routes/settings/security.passkeys.ts",
    url: "/settings/security/passkeys",
    GET: signedIn,
    POST: refusedToAll,
  },
  {
    file: "routes/settings/security.passkey.ts",
    url: "/settings/security/passkeys/:passkey",
    GET: ownersOwn,
    POST: [302, 404, 404, 404, 303],
  },
  {
    file: "routes/settings/security.account-remove.ts",
    url: "/settings/security/accounts/:account/remove",
    GET: ownersOwn,
    POST: changed,
  },
  {
    file: "routes/settings/security.passkey-remove.ts",
    url: "/settings/security/passkeys/:passkey/remove",
    GET: ownersOwn,
    POST: changed,
  },
  {
    file: "routes/settings/security.remembered-forget.ts",
    url: `/settings/security/remembered/${setup}/forget`,
    GET: postOnly,
    POST: changed,
  },
  {
    file: "routes/settings/security.session-end.ts",
    url: "/settings/security/sessions/none/end",
    GET: postOnly,
    POST: changed,
  },
  {
    file: "routes/settings/security.sessions-end-others.ts",
    url: "/settings/security/sessions/end-others",
    GET: signedIn,
    POST: changed,
  },
  {
    file: "routes/invitations/accept.tsx",
    url: "/accept-invite?id=none",
    GET: everybody,
    POST: [302, 404, 404, 404, 404],
  },
  {
    file: "routes/invitations/decline.tsx",
    url: "/accept-invite/decline?id=none",
    GET: everybody,
    POST: [302, 404, 404, 404, 404],
  },
  { file: "routes/invitations/join.tsx", url: "/join?id=none", GET: everybody, POST: [302, 404, 404, 404, 404] },
  { file: "routes/notifications/list.tsx", url: "/notifications", GET: signedIn },
  {
    file: "routes/notifications/read.ts",
    url: `/notifications/${"0".repeat(32)}/read`,
    GET: postOnly,
    POST: changed,
  },
  {
    file: "routes/notifications/read-all.ts",
    url: "/notifications/read",
    GET: postOnly,
    POST: changed,
  },
  { file: "routes/organizations/last-used.ts", url: "/dashboard", GET: redirected },
  { file: "routes/frame.tsx", url: "/no-such-page", GET: unknown },
  { file: "routes/organizations/personal.tsx", url: "/organizations" },
  { file: "routes/organizations/onboarding.tsx", url: "/onboarding", GET: redirected, POST: redirected },
  { file: "routes/organizations/list.tsx", url: "/organizations", GET: signedIn },
  { file: "routes/organizations/new.tsx", url: "/organizations/new", GET: signedIn, POST: [302, 400, 400, 400, 400] },
  { file: "routes/organizations/home.ts", url: "/organizations/:organization", GET: [302, 404, 302, 302, 302] },
  { file: "routes/organizations/dashboard.tsx", url: "/organizations/:organization/dashboard", GET: members },
  {
    file: "routes/organizations/dashboard.checklist.ts",
    url: "/organizations/:organization/dashboard/checklist",
    GET: postOnly,
    POST: [302, 404, 303, 303, 303],
  },
  ...Object.values(domains).flatMap(({ rows }) => rows),
  { file: "routes/organizations/members.tsx", url: "/organizations/:organization/members", GET: admins },
  { file: "routes/organizations/members.export.ts", url: "/organizations/:organization/members/export", GET: admins },
  { file: "routes/organizations/members.member.tsx", url: "/organizations/:organization/members/:member", GET: admins },
  {
    file: "routes/organizations/members.roles.ts",
    url: "/organizations/:organization/members/roles",
    GET: admins,
    // The form selects only an owner, and owners can be changed only one by one.
    POST: [302, 404, 403, 409, 409],
  },
  {
    file: "routes/organizations/members.remove-several.ts",
    url: "/organizations/:organization/members/remove?member=:member",
    GET: owners,
    POST: refusedToOwners,
  },
  {
    file: "routes/organizations/members.role.ts",
    url: "/organizations/:organization/members/:member/role",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/members.owner.ts",
    url: "/organizations/:organization/members/:member/owner?to=owner",
    GET: owners,
  },
  {
    file: "routes/organizations/members.sign-out.ts",
    url: "/organizations/:organization/members/:member/sign-out",
    GET: owners,
    POST: changedByOwners,
  },
  {
    file: "routes/organizations/members.remove.ts",
    url: "/organizations/:organization/members/:member/remove",
    GET: owners,
    POST: changedByOwners,
  },
  {
    file: "routes/organizations/welcome.tsx",
    url: "/organizations/:organization/welcome",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/invitations.ts",
    url: "/organizations/:organization/invitations",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/invitations.owner-new.ts",
    url: "/organizations/:organization/invitations/owner",
    GET: owners,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/invitations.owner.ts",
    url: "/organizations/:organization/invitations/:invitation/owner",
    GET: owners,
  },
  {
    file: "routes/organizations/invitations.invitation.tsx",
    url: "/organizations/:organization/invitations/:invitation",
    GET: admins,
  },
  {
    file: "routes/organizations/invitations.resend.ts",
    url: "/organizations/:organization/invitations/:invitation/resend",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/invitations.role.ts",
    url: "/organizations/:organization/invitations/:invitation/role",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/invitations.revoke.ts",
    url: "/organizations/:organization/invitations/:invitation/revoke",
    GET: admins,
    POST: changedByAdmins,
  },
  { file: "routes/organizations/invite-links.tsx", url: "/organizations/:organization/invite-links", GET: admins },
  {
    file: "routes/organizations/invite-links.new.ts",
    url: "/organizations/:organization/invite-links/new",
    GET: admins,
    POST: [302, 404, 403, 200, 200],
  },
  {
    file: "routes/organizations/invite-links.revoke.ts",
    url: "/organizations/:organization/invite-links/:link/revoke",
    GET: admins,
    POST: changedByAdmins,
  },
  { file: "routes/organizations/keys.tsx", url: "/organizations/:organization/keys", GET: admins },
  {
    file: "routes/organizations/keys.new.ts",
    url: "/organizations/:organization/keys/new",
    GET: admins,
    POST: [302, 404, 403, 200, 200],
  },
  {
    file: "routes/organizations/keys.rotate.ts",
    url: "/organizations/:organization/keys/:key/rotate",
    GET: admins,
    // After a rotation, the former secret works for another day, and no second rotation is possible until then.
    POST: [302, 404, 403, 200, 409],
  },
  {
    file: "routes/organizations/keys.revoke.ts",
    url: "/organizations/:organization/keys/:key/revoke",
    GET: admins,
    POST: changedByAdmins,
  },
  { file: "routes/organizations/webhooks.tsx", url: "/organizations/:organization/webhooks", GET: admins },
  {
    file: "routes/organizations/webhooks.new.ts",
    url: "/organizations/:organization/webhooks/new",
    GET: admins,
    POST: [302, 404, 403, 200, 200],
  },
  {
    file: "routes/organizations/webhooks.webhook.tsx",
    url: "/organizations/:organization/webhooks/:webhook",
    GET: admins,
  },
  {
    file: "routes/organizations/webhooks.edit.ts",
    url: "/organizations/:organization/webhooks/:webhook/edit",
    GET: admins,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/webhooks.rotate.ts",
    url: "/organizations/:organization/webhooks/:webhook/rotate",
    GET: admins,
    // The same as for a key.
    POST: [302, 404, 403, 200, 409],
  },
  {
    file: "routes/organizations/webhooks.disable.ts",
    url: "/organizations/:organization/webhooks/:webhook/disable",
    GET: postOnly,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/webhooks.enable.ts",
    url: "/organizations/:organization/webhooks/:webhook/enable",
    GET: postOnly,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/webhooks.send-test.ts",
    url: "/organizations/:organization/webhooks/:webhook/test",
    GET: postOnly,
    POST: changedByAdmins,
  },
  {
    file: "routes/organizations/webhooks.replay.ts",
    url: "/organizations/:organization/webhooks/:webhook/replay",
    GET: postOnly,
    // No delivery has failed.
    POST: [302, 404, 403, 409, 409],
  },
  {
    file: "routes/organizations/webhooks.delivery.ts",
    url: "/organizations/:organization/webhooks/:webhook/deliveries/msg_00000000000000000000000000000000",
    GET: postOnly,
    POST: [302, 404, 403, 404, 404],
  },
  {
    file: "routes/organizations/webhooks.remove.ts",
    url: "/organizations/:organization/webhooks/:webhook/remove",
    GET: admins,
    POST: [302, 404, 403, 303, 404],
  },
  { file: "routes/organizations/audit.tsx", url: "/organizations/:organization/audit", GET: owners },
  { file: "routes/organizations/audit.entry.tsx", url: "/organizations/:organization/audit/:entry", GET: owners },
  {
    file: "routes/organizations/audit.verify.ts",
    url: "/organizations/:organization/audit/verify",
    GET: postOnly,
    POST: changedByOwners,
  },
  { file: "routes/organizations/audit.export.ts", url: "/organizations/:organization/audit/export", GET: owners },
  {
    file: "routes/organizations/settings.tsx",
    url: "/organizations/:organization/settings",
    GET: owners,
    POST: changedByOwners,
  },
  {
    file: "routes/organizations/settings.slug.tsx",
    url: "/organizations/:organization/settings/slug",
    GET: owners,
    POST: refusedToOwners,
  },
  {
    file: "routes/organizations/settings.logo-remove.ts",
    url: "/organizations/:organization/settings/logo/remove",
    GET: postOnly,
    POST: changedByOwners,
  },
  {
    file: "routes/organizations/settings.logo.tsx",
    url: "/organizations/:organization/settings/logo",
    GET: owners,
    POST: changedByOwners,
  },
  {
    file: "routes/organizations/settings.second-factor.tsx",
    url: "/organizations/:organization/settings/second-factor",
    GET: owners,
    POST: refusedToOwners,
  },
  {
    file: "routes/organizations/settings.second-factor-end.ts",
    url: "/organizations/:organization/settings/second-factor/end",
    GET: owners,
  },
  {
    file: "routes/organizations/settings.hand-over.ts",
    url: "/organizations/:organization/settings/hand-over?member=:colleague",
    GET: owners,
    POST: refusedToOwners,
  },
  {
    file: "routes/organizations/settings.delete.ts",
    url: "/organizations/:organization/settings/delete",
    GET: owners,
    POST: refusedToOwners,
  },
  { file: "routes/files/logo.ts", url: "/files/:organization/logo/:logo", GET: members },
  { file: "routes/files/avatar.ts", url: "/files/people/:owner/:avatar", GET: members },
  {
    file: "pages.dashboard",
    url: "/api/v1/pages/organizations/:organization/dashboard",
    GET: [401, 404, 200, 200, 200],
    POST: postOnly,
  },
  {
    file: "pages.members",
    url: "/api/v1/pages/organizations/:organization/members",
    GET: [401, 404, 403, 200, 200],
    POST: postOnly,
  },
  {
    file: "pages.audit",
    url: "/api/v1/pages/organizations/:organization/audit",
    GET: [401, 404, 403, 403, 200],
    POST: postOnly,
  },
  { file: "pages.bell", url: "/api/v1/pages/notifications", GET: [401, 200, 200, 200, 200], POST: postOnly },
  { file: "pages.palette", url: "/api/v1/pages/palette?query=a", GET: [401, 200, 200, 200, 200], POST: postOnly },
  { file: "routes/api/v1.ts", url: "/api/v1/nowhere", GET: unknown, POST: unknown },
  { file: "routes/mcp.ts", url: "/mcp", GET: postOnly, POST: unproven },
  { file: "routes/api/not-found.ts", url: "/api/anything", GET: unknown, POST: unknown },
  { file: "routes/operations/health.ts", url: "/healthz", GET: everybody },
  { file: "routes/operations/ready.ts", url: "/readyz", GET: everybody },
  { file: "routes/development/mailbox.ts", url: "/dev/mailbox", GET: everybody },
  { file: "routes/development/mailbox.clear.ts", url: "/dev/mailbox/clear", GET: postOnly, POST: ledOn },
  { file: "routes/development/mailbox.message.ts", url: "/dev/mailbox/none", GET: unknown },
  { file: "routes/development/mails.ts", url: "/dev/mails", GET: everybody },
  { file: "routes/development/mails.mail.ts", url: "/dev/mails/invitation", GET: everybody },
  { file: "routes/not-found.tsx", url: "/no-such-page", GET: unknown, POST: unknown },
  // These rows are last: after them, a person who left is a stranger, and one whose sessions ended is signed out.
  {
    file: "routes/organizations/leave.ts",
    url: "/organizations/:organization/leave",
    GET: members,
    POST: [302, 404, 303, 303, 409],
  },
  {
    file: "routes/settings/security.sessions-end-all.ts",
    url: "/settings/security/sessions/end-all",
    GET: signedIn,
    POST: changed,
  },
];

type KeyActor = {
  /** The status and the code on every path of the API. */
  answers: readonly [number, string];
  /** False for a key of another organization, with every permission. */
  here?: false;
  /** The key has every permission except the one that the path needs. */
  lacks?: true;
  revokedAt?: Date;
  expiresAt?: Date;
};

const past = new Date(0);

/** Keys that are refused, and the response that each one gets. */
export const keyActors: Record<string, KeyActor> = {
  "of another organization": { answers: [404, "not-found"], here: false },
  "without the permission": { answers: [403, "forbidden"], lacks: true },
  revoked: { answers: [401, "unauthenticated"], revokedAt: past },
  expired: { answers: [401, "unauthenticated"], expiresAt: past },
};

/** Forms that would be accepted from anyone with the right. Routes without one get an empty form. */
export const forms: Record<string, Form> = {
  "routes/invitations/accept.tsx": () => ({ id: "none" }),
  "routes/invitations/decline.tsx": () => ({ id: "none" }),
  "routes/invitations/join.tsx": () => ({ id: "none" }),
  "routes/organizations/invite-links.new.ts": () => ({ days: "7", uses: "10", domain: "" }),
  "routes/account/second-step.ts": () => ({ code: "000000" }),
  "routes/account/sign-in.passkey.ts": aForgedAnswer,
  "routes/account/confirm.tsx": () => ({ password: "not the password" }),
  "routes/account/confirm.passkey.ts": aForgedAnswer,
  "routes/account/provider-return.ts": () => ({ state: "forged", code: "forged" }),
  "routes/account/confirm.provider.ts": () => ({ state: "forged", code: "forged" }),
  "routes/settings/security.account-link.ts": () => ({ state: "forged", code: "forged" }),
  "routes/settings/notifications.tsx": () => ({ mail: "role-changed", comes: "no" }),
  "routes/settings/notifications.mute.ts": () => ({ muted: "yes" }),
  "routes/settings/account.tsx": (visitor) => ({ name: `Renamed ${visitor}` }),
  "routes/settings/account.avatar.tsx": (visitor) => aFile("avatar", visitor),
  "routes/settings/email.ts": (visitor) => ({ email: `${visitor}-${setup}@changed.test` }),
  "routes/settings/delete.ts": () => ({ email: "somebody-else@person.test" }),
  "routes/settings/security.password.ts": (visitor) => ({ password: `${visitor} chose this one` }),
  "routes/settings/security.authenticator.ts": () => ({ setup, code: "000000" }),
  "routes/settings/security.passkeys.ts": aForgedPasskey,
  "routes/settings/security.passkey.ts": () => ({ name: "My laptop" }),
  "routes/organizations/settings.second-factor.tsx": () => ({ required: "yes" }),
  "routes/organizations/keys.new.ts": () => ({ name: "Import", permissions: "dashboard:read", expires: "30" }),
  "routes/organizations/webhooks.new.ts": () => ({ url: "http://127.0.0.1:9/new", events: "member.left" }),
  "routes/organizations/webhooks.edit.ts": (visitor) => ({
    url: `http://127.0.0.1:9/${visitor}`,
    events: "member.left",
  }),
  "routes/organizations/webhooks.replay.ts": () => ({ since: "2026-11-01" }),
  "routes/organizations/members.role.ts": () => ({ role: "admin" }),
  "routes/organizations/members.roles.ts": (_visitor, { owner }) => ({ member: owner, to: "member" }),
  "routes/organizations/members.remove-several.ts": (_visitor, { owner }) => ({ member: owner }),
  "routes/organizations/welcome.tsx": (visitor) => ({ email: `${visitor}@welcome.test`, role: "member" }),
  "routes/organizations/invitations.ts": (visitor) => ({ email: `${visitor}@invited.test`, role: "member" }),
  "routes/organizations/invitations.owner-new.ts": (visitor) => ({ email: `${visitor}@ruling.test`, role: "member" }),
  "routes/organizations/invitations.role.ts": () => ({ role: "admin" }),
  "routes/organizations/settings.tsx": (visitor) => ({ name: `Named by ${visitor}` }),
  "routes/organizations/settings.slug.tsx": (_visitor, { slug }) => ({ slug }),
  "routes/organizations/settings.logo.tsx": (visitor) => aFile("logo", visitor),
  "routes/organizations/settings.hand-over.ts": (_visitor, { owner }) => ({ member: owner }),
  "routes/organizations/settings.delete.ts": () => ({ name: "Another name" }),
  // All tests share one mailbox.
  "routes/development/mailbox.clear.ts": () => ({ search: randomUUID() }),
  ...Object.assign({}, ...Object.values(domains).map(({ forms }) => forms)),
};

const forged = { id: "AAAA", rawId: "AAAA", type: "public-key", clientExtensionResults: {} };
const clientDataJSON = Buffer.from(JSON.stringify({ challenge: "AAAA" })).toString("base64url");

function aForgedAnswer() {
  const response = { clientDataJSON, authenticatorData: "AAAA", signature: "AAAA" };
  return { response: JSON.stringify({ ...forged, response }) };
}

function aForgedPasskey() {
  const response = { clientDataJSON, attestationObject: "AAAA", transports: ["internal"] };
  return { name: "My laptop", response: JSON.stringify({ ...forged, response }) };
}
