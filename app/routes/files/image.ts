import { imageResponse } from "#app/gallery/image-response.server.ts";
import { openImageFile } from "#app/gallery/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(openImageFile, (image, { input }) => imageResponse(image, input));
