import { downloadImages } from "#app/gallery/operations.server.ts";
import { download } from "#app/request/doors.server.ts";

export const loader = download(downloadImages);
