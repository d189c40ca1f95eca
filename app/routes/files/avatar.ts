import { openAvatar } from "#app/account/operations.server.ts";
import { pictureAnswer } from "#app/pictures/picture-answer.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(openAvatar, pictureAnswer);
