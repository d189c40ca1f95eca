import { openLogo } from "#app/organizations/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { pictureAnswer } from "./picture-answer.ts";

export const loader = page(openLogo, pictureAnswer);
