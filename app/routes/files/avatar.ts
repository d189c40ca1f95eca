import { openAvatar } from "#app/account/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { pictureAnswer } from "./picture-answer.ts";

export const loader = page(openAvatar, pictureAnswer);
