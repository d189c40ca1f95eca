import { randomUUID } from "node:crypto";
import { aFile, type Form, members, postOnly, type Row } from "../access-rows.ts";

const unknownImage = randomUUID();

export const rows: readonly Row[] = [
  { file: "routes/organizations/gallery.tsx", url: "/organizations/:organization/gallery", GET: members },
  { file: "routes/organizations/gallery.image.tsx", url: "/organizations/:organization/gallery/:image", GET: members },
  {
    file: "routes/organizations/gallery.upload.ts",
    url: "/organizations/:organization/gallery/upload",
    GET: members,
    POST: [302, 404, 303, 303, 303],
  },
  {
    file: "routes/organizations/gallery.files.ts",
    url: "/organizations/:organization/gallery/files",
    GET: postOnly,
    POST: [302, 404, 201, 201, 201],
  },
  {
    file: "routes/organizations/gallery.rename.ts",
    url: "/organizations/:organization/gallery/:image/rename",
    GET: [302, 404, 403, 200, 200],
    POST: [302, 404, 403, 303, 303],
  },
  {
    file: "routes/organizations/gallery.remove.ts",
    url: "/organizations/:organization/gallery/:image/remove",
    GET: [302, 404, 403, 200, 200],
    POST: [302, 404, 403, 303, 404],
  },
  {
    file: "routes/organizations/gallery.delete.ts",
    url: "/organizations/:organization/gallery/delete",
    GET: postOnly,
    POST: [302, 404, 404, 404, 404],
  },
  {
    file: "routes/organizations/gallery.download.ts",
    url: "/organizations/:organization/gallery/download?image=:image",
    GET: members,
  },
  { file: "routes/organizations/gallery.trash.tsx", url: "/organizations/:organization/gallery/trash", GET: members },
  {
    file: "routes/organizations/gallery.restore.ts",
    url: "/organizations/:organization/gallery/trash/restore",
    GET: postOnly,
    POST: [302, 404, 404, 404, 404],
  },
  {
    file: "routes/organizations/gallery.purge.ts",
    url: "/organizations/:organization/gallery/trash/delete?image=:trashed",
    GET: [302, 404, 404, 200, 200],
    POST: [302, 404, 404, 404, 404],
  },
  {
    file: "routes/organizations/gallery.empty.ts",
    url: "/organizations/:organization/gallery/trash/empty",
    GET: members,
    POST: [302, 404, 303, 303, 303],
  },
  { file: "routes/files/image.ts", url: "/files/:organization/images/:image", GET: members },
  {
    file: "routes/files/trashed.ts",
    url: "/files/:organization/trash/:trashed",
    GET: [302, 404, 404, 200, 200],
  },
  {
    file: "pages.gallery",
    url: "/api/v1/pages/organizations/:organization/gallery",
    GET: [401, 404, 200, 200, 200],
    POST: postOnly,
  },
];

export const forms: Record<string, Form> = {
  "routes/organizations/gallery.delete.ts": () => ({ image: unknownImage }),
  "routes/organizations/gallery.restore.ts": () => ({ image: unknownImage }),
  "routes/organizations/gallery.purge.ts": () => ({ image: unknownImage }),
  "routes/organizations/gallery.rename.ts": (visitor) => ({ name: `Renamed by ${visitor}` }),
  "routes/organizations/gallery.upload.ts": (visitor) => aFile("file", visitor),
  "routes/organizations/gallery.files.ts": (visitor) => aFile("file", visitor),
};
