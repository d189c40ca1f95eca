import { trashedResponse } from "#app/gallery/image-response.server.ts";
import { openTrashedFile } from "#app/gallery/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(openTrashedFile, (image, { input }) => trashedResponse(image, input));
