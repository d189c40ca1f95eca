import { listImages, uploadImage } from "#app/gallery/operations.server.ts";
import { form, query } from "#app/request/doors.server.ts";

export const loader = query(listImages);

export const action = form(uploadImage, { shows: ({ image }) => Response.json({ image }, { status: 201 }) });
