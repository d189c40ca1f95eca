/** Changes by an owner that a stolen cookie must not be enough for, in routes that do other things as well. */
export const guarded: Record<
  string,
  (it: { [Name in "plain" | "second" | "own" | "invited" | "owning"]: string }) => Case[]
> = {
  "routes/organizations/members.role.ts": ({ plain, second, own }) => [
    [`members/${plain}/role`, { role: "owner" }],
    [`members/${second}/role`, { role: "admin" }],
    [`members/${own}/role`, { role: "member" }],
  ],
  "routes/organizations/members.remove.ts": ({ second }) => [[`members/${second}/remove`, {}]],
  "routes/organizations/leave.ts": () => [["leave", {}]],
  "routes/organizations/invitations.ts": () => [["invitations", { email: "owner@invited.test", role: "owner" }]],
  "routes/organizations/invitations.owner-new.ts": () => [
    ["invitations/owner", { email: "owner@ruling.test", role: "owner" }],
  ],
  "routes/organizations/welcome.tsx": () => [["welcome", { email: "owner@welcome.test", role: "owner" }]],
  "routes/organizations/invitations.role.ts": ({ invited }) => [[`invitations/${invited}/role`, { role: "owner" }]],
  "routes/organizations/invitations.resend.ts": ({ owning }) => [[`invitations/${owning}/resend`, {}]],
  "routes/organizations/settings.second-factor.tsx": () => [["settings/second-factor", { required: "no" }]],
};

type Case = [path: string, form: Record<string, string>];
