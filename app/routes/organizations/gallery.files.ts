import { uploadImage } from "#app/gallery/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(uploadImage, { shows: ({ image }) => Response.json({ image }, { status: 201 }) });
