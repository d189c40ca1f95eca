import { z } from "zod";
import { PersonName } from "#app/auth/schemas.ts";
import { Email } from "#app/fields/email.ts";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import { uploadedImage } from "#app/fields/uploaded-image.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { locales } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { parseTimeZone } from "#app/i18n/time-zone.ts";
import { AVATAR_MAXIMUM } from "./limits.ts";
import { AUTOMATIC_ZONE, colors, fonts, themes } from "./preferences.ts";

export const RenamePerson = z.object({ name: PersonName });

export const ChangeAvatar = z.object({
  avatar: uploadedImage(AVATAR_MAXIMUM, {
    missing: () => m.profile_avatar_missing(),
    tooLarge: () => m.errors_image_too_large({ maximum: formatBytes(AVATAR_MAXIMUM) }),
    wrongType: () => m.errors_image_wrong_type(),
  }),
});

export const OneAvatar = z.object({ person: z.uuid(), avatar: z.uuid() });
export type OneAvatar = z.infer<typeof OneAvatar>;

export const ChangeEmail = z.object({ email: Email });

export const DeleteAccount = z.object({ email: Email });

/** Null stands for the browser's own time zone. */
const TimeZone = z.string().transform((name, context) => {
  if (name === AUTOMATIC_ZONE) return null;
  const zone = parseTimeZone(name);
  if (zone === null) context.addIssue({ code: "custom", message: m.appearance_zone_unknown() });
  return zone;
});

export const ChoosePreferences = z.object({
  theme: z.enum(themes).optional(),
  color: z.enum(colors).optional(),
  font: z.enum(fonts).optional(),
  locale: z.enum(locales).optional(),
  timeZone: TimeZone.optional(),
  sidebar: z.enum(["open", "collapsed"]).optional(),
  shortcuts: z.enum(["on", "off"]).optional(),
  redirectTo: RedirectTo,
});
export type ChoosePreferences = z.infer<typeof ChoosePreferences>;
