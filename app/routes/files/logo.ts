import { openLogo } from "#app/organizations/operations.server.ts";
import { pictureAnswer } from "#app/pictures/picture-answer.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(openLogo, pictureAnswer);
