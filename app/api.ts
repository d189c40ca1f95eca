import { EntryListAnswer, entryAnswer } from "./audit/answers.ts";
import { browseEntries } from "./audit/operations.server.ts";
import { DashboardAnswer, dashboardAnswer } from "./dashboard/answers.ts";
import { showDashboard } from "./dashboard/operations.server.ts";
import { Created } from "./fields/answers.ts";
import { ImageAnswer, ImageListAnswer, imageAnswer } from "./gallery/answers.ts";
import { imageResponse } from "./gallery/image-response.server.ts";
import {
  browseImages,
  deleteImage,
  nameImage,
  openImageFile,
  showImage,
  uploadImage,
} from "./gallery/operations.server.ts";
import { type ApiRow, changes, makes, reads, streams } from "./operation/api-row.server.ts";
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
  findInvitation,
  giveInvitedRole,
  invite,
  revoke,
  sendAgain,
} from "./organizations/invitations/operations.server.ts";
import { browseMembers, dismissMember, giveRole, showMember } from "./organizations/members/operations.server.ts";
import { move, rename, showOrganization, takeLogoAway } from "./organizations/settings/operations.server.ts";

const organization = "/organizations/{organization}";
const members = `${organization}/members`;
const member = `${members}/{member}`;
const invitations = `${organization}/invitations`;
const invitation = `${invitations}/{invitation}`;
const images = `${organization}/images`;
const image = `${images}/{image}`;

/** Everything that a program reaches, and what it gets. The reference, OpenAPI and the tools of agents are made of it. */
export const apiRows: readonly ApiRow[] = [
  reads({
    path: organization,
    id: "organization.get",
    says: "Shows the organization.",
    operation: showOrganization,
    answers: OrganizationAnswer,
    gives: organizationAnswer,
  }),
  changes({
    method: "PATCH",
    path: organization,
    id: "organization.update",
    says: "Renames the organization.",
    operation: rename,
  }),
  changes({
    method: "PUT",
    path: `${organization}/slug`,
    id: "organization.move",
    says: "Gives the organization another slug; the one before it leads on for 90 days.",
    operation: move,
  }),
  changes({
    method: "DELETE",
    path: `${organization}/logo`,
    id: "organization.delete-logo",
    says: "Removes the organization's logo.",
    operation: takeLogoAway,
  }),
  reads({
    path: `${organization}/dashboard`,
    id: "dashboard.get",
    says: "Shows the organization's figures and how much was done on each of the last 30 days.",
    operation: showDashboard,
    answers: DashboardAnswer,
    gives: dashboardAnswer,
  }),
  reads({
    path: images,
    id: "images.list",
    says: "Lists the organization's images, newest first.",
    operation: browseImages,
    answers: ImageListAnswer,
    gives: ({ data, next }) => ({ data: data.map(imageAnswer), next }),
  }),
  makes({
    path: images,
    id: "images.create",
    says: "Uploads an image of at most 10 MB, as the field `file` of a multipart form.",
    operation: uploadImage,
    answers: Created,
    gives: ({ image: { id } }) => ({ id }),
  }),
  reads({
    path: image,
    id: "images.get",
    says: "Shows one image.",
    operation: showImage,
    answers: ImageAnswer,
    gives: ({ image }) => imageAnswer(image),
  }),
  streams({
    path: `${image}/file`,
    id: "images.file",
    says: "Streams an image's file, or with `width` a smaller one of 480, 960 or 1920 pixels.",
    operation: openImageFile,
    gives: imageResponse,
  }),
  changes({ method: "PATCH", path: image, id: "images.update", says: "Renames an image.", operation: nameImage }),
  changes({
    method: "DELETE",
    path: image,
    id: "images.delete",
    says: "Deletes an image and its file.",
    operation: deleteImage,
  }),
  reads({
    path: members,
    id: "members.list",
    says: "Lists the organization's members, those first who have been here longest.",
    operation: browseMembers,
    answers: MemberListAnswer,
    gives: ({ data, next }) => ({ data: data.map(memberAnswer), next }),
  }),
  reads({
    path: member,
    id: "members.get",
    says: "Shows one member.",
    operation: showMember,
    answers: MemberAnswer,
    gives: ({ member }) => memberAnswer(member),
  }),
  changes({
    method: "PATCH",
    path: member,
    id: "members.update",
    says: "Gives a member another role, except that of an owner.",
    operation: giveRole,
  }),
  changes({
    method: "DELETE",
    path: member,
    id: "members.delete",
    says: "Removes a member, except an owner; their images stay.",
    operation: dismissMember,
  }),
  reads({
    path: invitations,
    id: "invitations.list",
    says: "Lists the invitations without an answer, oldest first.",
    operation: browseInvitations,
    answers: InvitationListAnswer,
    gives: ({ data, next }) => ({ data: data.map(invitationAnswer), next }),
  }),
  makes({
    path: invitations,
    id: "invitations.create",
    says: "Invites an email address as a member or an admin.",
    operation: invite,
    answers: Created,
    gives: ({ id }) => ({ id }),
  }),
  reads({
    path: invitation,
    id: "invitations.get",
    says: "Shows one invitation without an answer.",
    operation: findInvitation,
    answers: InvitationAnswer,
    gives: invitationAnswer,
  }),
  changes({
    method: "PATCH",
    path: invitation,
    id: "invitations.update",
    says: "Gives an open invitation another role, except that of an owner.",
    operation: giveInvitedRole,
  }),
  changes({
    method: "POST",
    path: `${invitation}/resend`,
    id: "invitations.resend",
    says: "Sends an invitation again; it is open for another 7 days.",
    operation: sendAgain,
  }),
  changes({
    method: "DELETE",
    path: invitation,
    id: "invitations.delete",
    says: "Revokes an invitation.",
    operation: revoke,
  }),
  reads({
    path: `${organization}/audit`,
    id: "audit.list",
    says: "Lists what was done in the organization, newest first.",
    operation: browseEntries,
    answers: EntryListAnswer,
    gives: ({ data, next }) => ({ data: data.map(entryAnswer), next }),
  }),
];
