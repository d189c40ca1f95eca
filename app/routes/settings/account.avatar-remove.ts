import { href } from "react-router";
import { deleteAvatar } from "#app/account/operations.server.ts";
import { saying } from "#app/frame/saying.ts";
import { m } from "#app/i18n/messages.ts";
import { form } from "#app/request/doors.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";

export const loader = postOnly;

export const action = form(deleteAvatar, { leads: () => href("/settings/account") });

export const clientAction = saying(() => m.settings_saved());
