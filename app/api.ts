import { EntryListAnswer, entryAnswer } from "./audit/answers.ts";
import { browseEntries, listEntries } from "./audit/operations.server.ts";
import { DashboardAnswer, dashboardAnswer } from "./dashboard/answers.ts";
import { showDashboard } from "./dashboard/operations.server.ts";
import { Created } from "./fields/answers.ts";
import { ImageAnswer, ImageListAnswer, imageAnswer } from "./gallery/answers.ts";
import { imageResponse } from "./gallery/image-response.server.ts";
import { IMAGE_SIZE_MAXIMUM, TRASH_DAYS } from "./gallery/limits.ts";
import {
  browseImages,
  deleteImage,
  listImages,
  nameImage,
  openImageFile,
  showImage,
  uploadImage,
} from "./gallery/operations.server.ts";
import { KeyAnswer, KeyListAnswer, keyAnswer } from "./keys/answers.ts";
import { browseKeys, findKey } from "./keys/operations.server.ts";
import { openBell } from "./notifications/operations.server.ts";
import { type ApiRow, asks, changes, makes, reads, streams } from "./operation/api-row.server.ts";
import {
  InvitationAnswer,
  InvitationListAnswer,
  invitationAnswer,
  MemberAnswer,
  MemberListAnswer,
  memberAnswer,
  OrganizationAnswer,
  organizationAnswer,
} from "./organizations/answers.ts";
import {
  browseInvitations,
  endInvitation,
  findInvitation,
  giveInvitedRole,
  inviteOne,
  sendInvitationAgain,
} from "./organizations/invitations/operations.server.ts";
import { FORMER_SLUG_DAYS, INVITATION_DAYS } from "./organizations/limits.ts";
import {
  browseMembers,
  dismissMember,
  giveRole,
  listMembers,
  showMember,
} from "./organizations/members/operations.server.ts";
import {
  changeOrganizationUrl,
  deleteLogo,
  nameOrganization,
  showOrganization,
  uploadLogo,
} from "./organizations/settings/operations.server.ts";
import { searchEverything } from "./palette/operations.server.ts";
import {
  DeliveryListAnswer,
  deliveryAnswer,
  WebhookAnswer,
  WebhookListAnswer,
  webhookAnswer,
} from "./webhooks/answers.ts";
import { DELIVERIES_KEPT_DAYS } from "./webhooks/limits.ts";
import {
  browseDeliveries,
  disableWebhook,
  enableWebhook,
  findWebhook,
  listWebhooks,
  removeWebhook,
  replaceWebhook,
  replayFailedDeliveries,
  replayWebhookDelivery,
  testWebhook,
} from "./webhooks/operations.server.ts";

const organization = "/organizations/{organization}";
const members = `${organization}/members`;
const member = `${members}/{member}`;
const invitations = `${organization}/invitations`;
const invitation = `${invitations}/{invitation}`;
const keys = `${organization}/keys`;
const webhooks = `${organization}/webhooks`;
const webhook = `${webhooks}/{webhook}`;
const images = `${organization}/images`;
const image = `${images}/{image}`;

/** Everything that programs can reach, and what they get. The reference, OpenAPI and the agents' tools are made from it. */
export const apiRows: readonly ApiRow[] = [
  reads({
    path: organization,
    id: "organization.get",
    says: "Shows the organization.",
    tool: "Shows the organization that this key belongs to: its name, its slug and when it was created.",
    operation: showOrganization,
    answers: OrganizationAnswer,
    gives: organizationAnswer,
  }),
  changes({
    method: "PATCH",
    path: organization,
    id: "organization.update",
    says: "Renames the organization.",
    tool: "Renames the organization. Every member sees the new name immediately.",
    operation: nameOrganization,
  }),
  changes({
    method: "PUT",
    path: `${organization}/slug`,
    id: "organization.move",
    says: `Changes the organization's slug. The old one redirects for ${FORMER_SLUG_DAYS} days.`,
    tool: `Changes the organization's slug, its part of every URL. Links with the old slug keep working for ${FORMER_SLUG_DAYS} days. Do this only when you are asked to.`,
    operation: changeOrganizationUrl,
  }),
  changes({
    method: "PUT",
    path: `${organization}/logo`,
    id: "organization.put-logo",
    says: "Sets the organization's logo, sent as the whole body or as the field `logo` of a multipart form.",
    operation: uploadLogo,
    file: "logo",
  }),
  changes({
    method: "DELETE",
    path: `${organization}/logo`,
    id: "organization.delete-logo",
    says: "Removes the organization's logo.",
    operation: deleteLogo,
  }),
  reads({
    path: `${organization}/dashboard`,
    id: "dashboard.get",
    says: "Shows the organization's figures and its activity on each of the last days.",
    tool: "Shows the organization's figures, such as how many members it has, and its activity on each of the last days.",
    operation: showDashboard,
    answers: DashboardAnswer,
    gives: dashboardAnswer,
  }),
  reads({
    path: images,
    id: "images.list",
    says: "Lists the organization's images, newest first.",
    tool: "Lists the organization's images, newest first, with ID, name, type, size in bytes, and who uploaded each one and when. Start here to find an image's ID. For more, pass the result's `next` as `cursor`.",
    operation: browseImages,
    answers: ImageListAnswer,
    gives: ({ data, next }) => ({ data: data.map(imageAnswer), next }),
  }),
  makes({
    path: images,
    id: "images.create",
    says: `Uploads an image of at most ${IMAGE_SIZE_MAXIMUM / 1_000_000} MB, sent as the whole body or as the field \`file\` of a multipart form.`,
    operation: uploadImage,
    file: "file",
    answers: Created,
    gives: ({ image: { id } }) => ({ id }),
  }),
  reads({
    path: image,
    id: "images.get",
    says: "Shows one image.",
    tool: "Shows one image by its ID.",
    operation: showImage,
    answers: ImageAnswer,
    gives: ({ image }) => imageAnswer(image),
  }),
  streams({
    path: `${image}/file`,
    id: "images.file",
    says: "Returns an image's file. With `width`, it is resized to 480, 960 or 1920 pixels.",
    operation: openImageFile,
    gives: imageResponse,
  }),
  changes({
    method: "PATCH",
    path: image,
    id: "images.update",
    says: "Renames an image.",
    tool: "Renames an image. The ID comes from images_list. The file does not change.",
    operation: nameImage,
  }),
  changes({
    method: "DELETE",
    path: image,
    id: "images.delete",
    says: `Moves an image to the trash, where people can restore it for ${TRASH_DAYS} days.`,
    tool: `Moves an image to the trash. People can restore it for ${TRASH_DAYS} days; a program cannot.`,
    operation: deleteImage,
  }),
  reads({
    path: members,
    id: "members.list",
    says: "Lists the organization's members, oldest membership first.",
    tool: "Lists the organization's members, oldest membership first, with ID, name, email address, role and when they joined. For more, pass the result's `next` as `cursor`.",
    operation: browseMembers,
    answers: MemberListAnswer,
    gives: ({ data, next }) => ({ data: data.map(memberAnswer), next }),
  }),
  reads({
    path: member,
    id: "members.get",
    says: "Shows one member.",
    tool: "Shows one member by the ID from members_list.",
    operation: showMember,
    answers: MemberAnswer,
    gives: ({ member }) => memberAnswer(member),
  }),
  changes({
    method: "PATCH",
    path: member,
    id: "members.update",
    says: "Changes a member's role. Owners cannot be made or changed this way.",
    tool: "Changes a member's role to `member` or `admin`. Changes to owners are refused, since only a person can make them.",
    operation: giveRole,
  }),
  changes({
    method: "DELETE",
    path: member,
    id: "members.delete",
    says: "Removes a member, but never an owner. What they have made stays.",
    tool: "Removes a member from the organization. They lose access immediately, and what they have made stays. Owners cannot be removed this way.",
    operation: dismissMember,
  }),
  reads({
    path: invitations,
    id: "invitations.list",
    says: "Lists the open invitations, oldest first.",
    tool: "Lists the open invitations, oldest first, with ID, email address, role and when they expire.",
    operation: browseInvitations,
    answers: InvitationListAnswer,
    gives: ({ data, next }) => ({ data: data.map(invitationAnswer), next }),
  }),
  makes({
    path: invitations,
    id: "invitations.create",
    says: "Invites someone by email address as a member or an admin.",
    tool: `Invites someone by email as a \`member\` or an \`admin\`, and sends the invitation. It is open for ${INVITATION_DAYS} days.`,
    operation: inviteOne,
    answers: Created,
    gives: ({ id }) => ({ id }),
  }),
  reads({
    path: invitation,
    id: "invitations.get",
    says: "Shows one open invitation.",
    tool: "Shows one open invitation by the ID from invitations_list.",
    operation: findInvitation,
    answers: InvitationAnswer,
    gives: invitationAnswer,
  }),
  changes({
    method: "PATCH",
    path: invitation,
    id: "invitations.update",
    says: "Changes the role of an open invitation to member or admin. The key also needs `invitation:create`.",
    tool: "Changes the role of an open invitation to `member` or `admin`.",
    operation: giveInvitedRole,
  }),
  changes({
    method: "POST",
    path: `${invitation}/resend`,
    id: "invitations.resend",
    says: `Sends an invitation again, which keeps it open for another ${INVITATION_DAYS} days. The key also needs \`invitation:create\`.`,
    tool: `Sends an open invitation to its address again, which keeps it open for another ${INVITATION_DAYS} days.`,
    operation: sendInvitationAgain,
  }),
  changes({
    method: "DELETE",
    path: invitation,
    id: "invitations.delete",
    says: "Revokes an invitation.",
    tool: "Revokes an open invitation: its link stops working.",
    operation: endInvitation,
  }),
  reads({
    path: keys,
    id: "keys.list",
    says: "Lists the organization's API keys, newest first, without their secrets.",
    operation: browseKeys,
    answers: KeyListAnswer,
    gives: ({ data, next }) => ({ data: data.map(keyAnswer), next }),
  }),
  reads({
    path: `${keys}/{key}`,
    id: "keys.get",
    says: "Shows one API key, without its secret.",
    operation: findKey,
    answers: KeyAnswer,
    gives: keyAnswer,
  }),
  reads({
    path: `${organization}/audit`,
    id: "audit.list",
    says: "Lists the entries of the audit log, newest first.",
    tool: "Lists what was done in the organization, newest first: who did it, with which client, when, and what changed. Filter by action, actor or day, or search by name or IP address. For more, pass the result's `next` as `cursor`.",
    operation: browseEntries,
    answers: EntryListAnswer,
    gives: ({ data, next }) => ({ data: data.map(entryAnswer), next }),
  }),
  reads({
    path: webhooks,
    id: "webhooks.list",
    says: "Lists all of the organization's webhooks, oldest first, on one page.",
    tool: "Lists the organization's webhooks with ID, URL, their events, and since when they have been failing or why they are disabled.",
    operation: listWebhooks,
    answers: WebhookListAnswer,
    gives: ({ webhooks }) => ({ data: webhooks.map(webhookAnswer), next: null }),
  }),
  reads({
    path: webhook,
    id: "webhooks.get",
    says: "Shows one webhook, without its secret.",
    operation: findWebhook,
    answers: WebhookAnswer,
    gives: ({ webhook }) => webhookAnswer(webhook),
  }),
  changes({
    method: "PUT",
    path: webhook,
    id: "webhooks.update",
    says: "Changes a webhook's URL, description and events.",
    operation: replaceWebhook,
  }),
  changes({
    method: "POST",
    path: `${webhook}/enable`,
    id: "webhooks.enable",
    says: "Enables a webhook.",
    operation: enableWebhook,
  }),
  changes({
    method: "POST",
    path: `${webhook}/disable`,
    id: "webhooks.disable",
    says: "Disables a webhook. Deliveries that are waiting fail.",
    operation: disableWebhook,
  }),
  changes({
    method: "DELETE",
    path: webhook,
    id: "webhooks.delete",
    says: "Removes a webhook and its deliveries.",
    operation: removeWebhook,
  }),
  changes({
    method: "POST",
    path: `${webhook}/test`,
    id: "webhooks.test",
    says: "Sends a test event to a webhook.",
    operation: testWebhook,
  }),
  reads({
    path: `${webhook}/deliveries`,
    id: "deliveries.list",
    says: `Lists a webhook's deliveries of the last ${DELIVERIES_KEPT_DAYS} days, newest first.`,
    tool: `Lists what was sent to a webhook in the last ${DELIVERIES_KEPT_DAYS} days, newest first, with the receiver's status or why there is none. The ID comes from webhooks_list.`,
    operation: browseDeliveries,
    answers: DeliveryListAnswer,
    gives: ({ data, next }) => ({ data: data.map(deliveryAnswer), next }),
  }),
  changes({
    method: "POST",
    path: `${webhook}/deliveries/{delivery}/replay`,
    id: "deliveries.replay",
    says: "Sends a delivery again.",
    operation: replayWebhookDelivery,
  }),
  changes({
    method: "POST",
    path: `${webhook}/replay`,
    id: "webhooks.replay",
    says: "Sends failed deliveries since a day (UTC) again: up to a thousand, oldest first, without test events.",
    operation: replayFailedDeliveries,
  }),
];

/** What the product's pages request besides their own loaders: under `/pages`, at the page's address, only with a session. */
export const pageRows: readonly ApiRow[] = [
  asks({
    path: `/pages${organization}/dashboard`,
    id: "pages.dashboard",
    says: "What the dashboard shows.",
    operation: showDashboard,
  }),
  asks({
    path: `/pages${organization}/gallery`,
    id: "pages.gallery",
    says: "A numbered page of the gallery, with what its reader may do.",
    operation: listImages,
  }),
  asks({
    path: `/pages${organization}/members`,
    id: "pages.members",
    says: "A numbered page of the members, and the open invitations.",
    operation: listMembers,
  }),
  asks({
    path: `/pages${organization}/audit`,
    id: "pages.audit",
    says: "A page of the log, which goes both ways.",
    operation: listEntries,
  }),
  asks({
    path: "/pages/notifications",
    id: "pages.bell",
    says: "What the bell shows of a person's notifications.",
    operation: openBell,
  }),
  asks({
    path: "/pages/palette",
    id: "pages.palette",
    says: "What the palette finds for a person.",
    operation: searchEverything,
  }),
];
