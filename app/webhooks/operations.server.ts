import { HOUR_SECONDS } from "#app/durations.server.ts";
import { formFields } from "#app/operation/form-fields.server.ts";
import { allOf, changeLimit, perOrganization } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { replayDelivery, replayFailed, sendTest } from "./delivery-writes.server.ts";
import { REPLAYS_PER_HOUR } from "./limits.ts";
import {
  changeRefusals,
  editRefusals,
  makeRefusals,
  replayRefusals,
  resendRefusals,
  rotateRefusals,
  sendRefusals,
} from "./refusals.ts";
import {
  DeliveriesInPages,
  EditWebhook,
  MakeWebhook,
  OneDelivery,
  OneWebhook,
  ReplayFailed,
  RotateSecret,
  TestWebhook,
  WebhookVisit,
} from "./schemas.ts";
import { webhookFields } from "./webhook-fields.ts";
import {
  createEndpoint,
  disableEndpoint,
  editEndpoint,
  enableEndpoint,
  removeEndpoint,
  renewSecret,
} from "./webhook-writes.server.ts";
import { deliveriesAfter, webhookDetails, webhookPage, webhooksFull, webhooksPage } from "./webhooks.server.ts";

export const listWebhooks = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "webhook:read",
  execute: webhooksPage,
});

export const showWebhook = read({
  validate: WebhookVisit,
  authenticate: "session",
  authorize: "webhook:read",
  execute: webhookPage,
});

export const findWebhook = read({
  validate: OneWebhook,
  authenticate: "session",
  authorize: "webhook:read",
  execute: webhookDetails,
});

export const browseDeliveries = read({
  validate: DeliveriesInPages,
  authenticate: "session",
  authorize: "webhook:read",
  execute: deliveriesAfter,
});

export const askForWebhook = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "webhook:manage",
  execute: webhooksFull,
});

export const makeWebhook = write({
  validate: MakeWebhook,
  authenticate: "fresh",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: createEndpoint,
  refused: makeRefusals,
});

export const askForWebhookSettings = read({
  validate: OneWebhook,
  authenticate: "fresh",
  authorize: "webhook:manage",
  execute: webhookDetails,
});

/** A new URL has the effect of a new webhook, so a person must confirm who they are. */
export const editWebhook = write({
  validate: EditWebhook,
  authenticate: "fresh",
  authorize: "webhook:manage",
  edits: (scope, asked) => formFields(webhookDetails(scope, asked), ({ webhook }) => webhookFields(webhook)),
  limit: changeLimit,
  execute: editEndpoint,
  refused: editRefusals,
});

/** The same for API keys, which cannot confirm who they are. The page uses `editWebhook`. */
export const replaceWebhook = write({
  validate: EditWebhook,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: editEndpoint,
  refused: editRefusals,
});

export const askForWebhookSecret = read({
  validate: OneWebhook,
  authenticate: "fresh",
  authorize: "webhook:manage",
  execute: webhookDetails,
});

export const rotateWebhookSecret = write({
  validate: RotateSecret,
  authenticate: "fresh",
  authorize: "webhook:manage",
  asksFirst: true,
  limit: changeLimit,
  execute: renewSecret,
  refused: rotateRefusals,
});

export const enableWebhook = write({
  validate: OneWebhook,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: enableEndpoint,
  refused: changeRefusals,
});

export const disableWebhook = write({
  validate: OneWebhook,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: disableEndpoint,
  refused: changeRefusals,
});

export const askForWebhookRemoval = read({
  validate: OneWebhook,
  authenticate: "person",
  authorize: "webhook:manage",
  execute: webhookDetails,
});

export const removeWebhook = write({
  validate: OneWebhook,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: removeEndpoint,
  refused: changeRefusals,
});

export const testWebhook = write({
  validate: TestWebhook,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: sendTest,
  refused: sendRefusals,
});

export const replayWebhookDelivery = write({
  validate: OneDelivery,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: changeLimit,
  execute: replayDelivery,
  refused: resendRefusals,
});

/** One press can send as much as a thousand changes. */
export const replayFailedDeliveries = write({
  validate: ReplayFailed,
  authenticate: "session",
  authorize: "webhook:manage",
  limit: allOf(changeLimit, perOrganization("replay", REPLAYS_PER_HOUR, HOUR_SECONDS)),
  execute: replayFailed,
  refused: replayRefusals,
});
