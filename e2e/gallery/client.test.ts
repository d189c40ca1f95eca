import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { aKey } from "../../app/test/builders.ts";
import { runWithClient } from "../generated-client.ts";
import { aWorkplace } from "../people.ts";
import { aPixel } from "../pixel.ts";

const PROGRAM = `
import { client } from "./client/client.gen.js";
import { imagesCreate, imagesFile, imagesGet, imagesList, imagesUpdate } from "./client/index.js";

const { KEY = "", ORGANIZATION = "", PICTURE = "" } = process.env;
client.setConfig({ auth: KEY });
const path = { organization: ORGANIZATION };
const file = new File([Buffer.from(PICTURE, "base64")], "Lake.png", { type: "image/png" });
const made = await imagesCreate({ path, body: { file } });
const one = { ...path, image: made.data?.id ?? "" };
const named = { "Content-Type": "image/png", "Content-Disposition": 'attachment; filename="Whole.png"' };
const whole = await imagesCreate({ path, body: file as never, bodySerializer: (body) => body as never, headers: named });
const seen = await imagesGet({ path: one });
const headers = { "If-Match": seen.response?.headers.get("ETag") ?? "" };
const renamed = await imagesUpdate({ path: one, body: { name: "Sea" }, headers });
const stale = await imagesUpdate({ path: one, body: { name: "Too late" }, headers });
const read = await imagesFile({ path: one, parseAs: "blob" });
const listed = await imagesList({ path });
console.log(JSON.stringify({
  statuses: [made, whole, renamed, stale, read].map(({ response }) => response?.status),
  names: listed.data?.data.map(({ name }) => name).sort(),
  size: (read.data as Blob).size > 0,
}));
`;

test("a generated client uploads an image in a form and as the whole body, renames, lists and reads it", async () => {
  const { db, organization } = await aWorkplace();
  const permissions = ["gallery:read", "gallery:create", "gallery:update"];
  const { secret } = await aKey(db, { organizationId: organization.id, permissions });
  const picture = Buffer.from(await aPixel("client").arrayBuffer()).toString("base64");
  const env = { KEY: secret, ORGANIZATION: organization.slug, PICTURE: picture };
  expect(await runWithClient(PROGRAM, env)).toEqual({
    statuses: [201, 201, 204, 412, 200],
    names: ["Sea", "Whole"],
    size: true,
  });
});
