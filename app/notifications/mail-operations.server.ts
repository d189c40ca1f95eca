import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { keepMailChoice, mailChoices, muteOrganization, unsubscribe, unsubscribing } from "./mail-choices.server.ts";
import { ChooseMail, MuteOrganization, UnsubscribeLink } from "./schemas.ts";

export const showMailChoices = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: mailChoices,
});

export const chooseMail = write({
  validate: ChooseMail,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: keepMailChoice,
  refused: {},
});

export const chooseMuting = write({
  validate: MuteOrganization,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: muteOrganization,
  refused: { "not-found": { status: 404, message: () => m.notifications_mail_organization_unknown() } },
});

export const openUnsubscribeLink = read({
  validate: UnsubscribeLink,
  authenticate: "none",
  authorize: "public",
  execute: unsubscribing,
});

export const followUnsubscribeLink = write({
  validate: UnsubscribeLink,
  authenticate: "none",
  authorize: "public",
  // Mail services send one-click requests for many people from few addresses.
  limit: {
    unlimited: "A forged link is refused before any query, and a signed link writes one row.",
  },
  execute: unsubscribe,
  refused: { "unknown-link": { status: 404, message: () => m.notifications_mail_link_unknown() } },
});
