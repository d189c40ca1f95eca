import { z } from "zod";
import { PageNumber } from "#app/fields/page-number.ts";
import { optionalMails } from "#app/mail/optional-mails.ts";
import { InOrganization } from "#app/tenancy/slug.ts";

export const NotificationId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<"NotificationId">();
export type NotificationId = z.infer<typeof NotificationId>;

export const NotificationsPage = z.object({ page: PageNumber, show: z.enum(["all", "unread"]).default("all") });
export type NotificationsAsked = z.infer<typeof NotificationsPage>;

export const OneNotification = z.object({ notification: NotificationId });

const Mail = z.enum(optionalMails);
const YesOrNo = z.enum(["yes", "no"]);

export const ChooseMail = z.object({ mail: Mail, comes: YesOrNo });
export type ChooseMail = z.infer<typeof ChooseMail>;

export const MuteOrganization = InOrganization.extend({ muted: YesOrNo });
export type MuteOrganization = z.infer<typeof MuteOrganization>;

export const UnsubscribeLink = z.object({ person: z.uuid(), mail: Mail, token: z.string().length(43) });
export type UnsubscribeLink = z.infer<typeof UnsubscribeLink>;
