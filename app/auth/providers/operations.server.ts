import { m } from "#app/i18n/messages.ts";
import { changeLimit, perPerson } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { type Plan, planOf } from "#app/operation/plan.ts";
import { HANDSHAKES_PER_MINUTE } from "../limits.ts";
import { OneAccount } from "../schemas.ts";
import { linkedAccount, unlinkAccount } from "./linked-accounts.server.ts";
import type { Provider } from "./providers.ts";
import { notLinked, otherPerson, unreachable, vouchingRefusals } from "./refusals.ts";
import { BeginAtProvider, OneProvider, Return, ReturnVisit, returnedTo } from "./schemas.ts";
import { beginAtProvider, confirmThroughProvider, linkAccount, signInThroughProvider } from "./social.server.ts";

type Configured = { providers: readonly Provider[] };

function oneProvider({ providers }: Configured, { provider: id }: { provider: string }): Plan<Provider | null> {
  return planOf(providers.find((each) => each.id === id) ?? null);
}

export const showProvider = read({
  validate: BeginAtProvider,
  authenticate: "none",
  authorize: "public",
  execute: oneProvider,
  answer: (provider, _grant, { purpose, redirectTo }) => ({ provider, purpose, redirectTo }),
});

export const goToProvider = write({
  validate: BeginAtProvider,
  authenticate: "optional",
  authorize: "public",
  limit: perPerson("provider", HANDSHAKES_PER_MINUTE, 60),
  execute: beginAtProvider,
  refused: { unreachable, "not-found": { ...unreachable, status: 404 } },
});

export const showReturn = read({
  validate: ReturnVisit,
  authenticate: "none",
  authorize: "public",
  execute: ({ providers }, visit) => planOf(returnedTo(providers, visit)),
});

export const signInByProvider = write({
  validate: Return,
  authenticate: "none",
  authorize: "public",
  limit: perPerson("provider-return", HANDSHAKES_PER_MINUTE, 60),
  execute: signInThroughProvider,
  refused: vouchingRefusals,
});

export const askForProof = read({
  validate: OneProvider,
  authenticate: "session",
  authorize: "self",
  execute: oneProvider,
});

export const confirmByProvider = write({
  validate: Return,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: confirmThroughProvider,
  refused: { ...vouchingRefusals, "not-linked": notLinked },
});

export const askForProviderLink = read({
  validate: OneProvider,
  authenticate: "fresh",
  authorize: "self",
  execute: oneProvider,
});

export const linkProvider = write({
  validate: Return,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: linkAccount,
  refused: { ...vouchingRefusals, "other-person": otherPerson },
});

export const askForProviderUnlinking = read({
  validate: OneAccount,
  authenticate: "fresh",
  authorize: "self",
  execute: linkedAccount,
});

export const unlinkProvider = write({
  validate: OneAccount,
  authenticate: "fresh",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: unlinkAccount,
  refused: { "last-way": { status: 409, message: () => m.security_last_way() } },
});
