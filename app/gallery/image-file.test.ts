import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { loader } from "#app/routes/files/image.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { action as rename } from "#app/routes/organizations/gallery.rename.ts";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aDamagedPicture, aFlood, aForm, aMovingPicture, aPhotograph, aPicture } from "#app/test/pictures.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";

const db = testDatabase();

async function aStoredImage(file: File) {
  const person = await aPerson(db);
  const { slug, id: organizationId } = await anOrganization(db, { members: [{ person, role: "member" }] });
  const cookie = await cookiesOf(await aSession(db, person));
  const params = { organization: slug };
  const sent = await ask(upload, { url: `/organizations/${slug}/gallery/files`, params, cookie, form: aForm(file) });
  const { image } = sent.body as { image: { id: string } };
  const place = { ...params, image: image.id };
  return {
    cookie,
    place,
    id: image.id,
    key: `organizations/${organizationId}/images/${image.id}`,
    open: async (search = "", headers: Record<string, string> = {}, as: string | null = cookie, method = "GET") => {
      const answer = await ask(loader, {
        method,
        url: `/files/${slug}/images/${image.id}${search}`,
        params: place,
        cookie: as,
        headers,
      });
      return { ...answer, bytes: answer.body instanceof Response ? await answer.body.bytes() : new Uint8Array() };
    },
  };
}

test("a member gets the exact bytes, with headers that keep a browser from running them", async () => {
  const file = aPicture({ name: "Ärger (1).png" });
  const { open, id } = await aStoredImage(file);
  const { status, headers, bytes, services } = await open();
  expect(status).toBe(200);
  expect(bytes).toEqual(await file.bytes());
  expect(services.trace.trips).toBe(1);
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "image/png",
    "content-length": "1000",
    "content-disposition": "inline; filename*=UTF-8''%C3%84rger%20%281%29.png",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    etag: `"${id}"`,
  });
});

test("a request with the image's tag in If-None-Match gets 304, one with another tag and a download get the file", async () => {
  const { open, id } = await aStoredImage(aPicture());
  const statuses = await Promise.all(
    [`"${id}"`, `W/"x", W/"${id}"`, "*", '"x"'].map(async (tag) => (await open("", { "If-None-Match": tag })).status),
  );
  expect(statuses).toEqual([304, 304, 304, 200]);
  const download = await open("?download=", { "If-None-Match": `"${id}"` });
  expect(download.status, "the name may have changed").toBe(200);
  const { headers } = await open("", { "If-None-Match": `"${id}"` });
  expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
});

test("a request with another tag in If-Match gets 412, for a file, its thumbnail and its download", async () => {
  const { open, id } = await aStoredImage(aDrawing());
  for (const [search, tag] of [
    ["", `"${id}"`],
    ["?width=480", `"${id}-480"`],
    ["?download=", `"${id}"`],
  ]) {
    const statusFor = async (match: string) => (await open(search, { "If-Match": match })).status;
    expect([search, await statusFor(`"other", ${tag}`), await statusFor("*")]).toEqual([search, 200, 200]);
    expect([search, await statusFor('"other"'), await statusFor(`W/${tag}`)]).toEqual([search, 412, 412]);
    expect([search, await statusFor("no tag")]).toEqual([search, 400]);
  }
});

test("a range request returns the requested part of a file, the whole file or 416, and HEAD ignores the range", async () => {
  const file = aPicture({ size: 1_000 });
  const { open, id } = await aStoredImage(file);
  const whole = await file.bytes();
  const asked = async (headers: Record<string, string>) => {
    const { status, bytes, headers: answered } = await open("", headers);
    return [status, bytes.length, answered.get("Content-Range")];
  };
  expect(await asked({ Range: "bytes=0-99" })).toEqual([206, 100, "bytes 0-99/1000"]);
  expect(await asked({ Range: "bytes=990-" })).toEqual([206, 10, "bytes 990-999/1000"]);
  expect(await asked({ Range: "bytes=-5" })).toEqual([206, 5, "bytes 995-999/1000"]);
  expect(await asked({ Range: "bytes=999-5000" })).toEqual([206, 1, "bytes 999-999/1000"]);
  expect(await asked({ Range: "bytes=1000-" })).toEqual([416, 0, "bytes */1000"]);
  expect(await asked({ Range: "bytes=-0" })).toEqual([416, 0, "bytes */1000"]);
  expect(await asked({ Range: "bytes=5-1" })).toEqual([200, 1_000, null]);
  expect(await asked({ Range: "bytes=0-1,5-6" })).toEqual([200, 1_000, null]);
  expect(await asked({ Range: "bytes=0-1", "If-Range": '"older"' })).toEqual([200, 1_000, null]);
  expect(await asked({ Range: "bytes=0-1", "If-Range": `"${id}"` })).toEqual([206, 2, "bytes 0-1/1000"]);
  expect((await open("", { Range: "bytes=1000-" })).headers.get("Cache-Control")).toBe("no-store");
  const heads = ["bytes=0-99", "bytes=1000-"].map((Range) => open("", { Range }, undefined, "HEAD"));
  for (const { status, headers } of await Promise.all(heads))
    expect([status, headers.get("Content-Length")]).toEqual([200, "1000"]);
  expect((await open("", { Range: "bytes=8-17" })).bytes).toEqual(whole.subarray(8, 18));
});

test("a thumbnail is WebP, is the same from the cache, and exists only in the allowed widths", async () => {
  const { open, id } = await aStoredImage(aDrawing());
  const [made, kept] = [await open("?width=480"), await open("?width=480")];
  for (const { status, headers, bytes } of [made, kept]) {
    expect([status, headers.get("Content-Type"), headers.get("ETag")]).toEqual([200, "image/webp", `"${id}-480"`]);
    expect(new TextDecoder().decode(bytes.subarray(8, 12))).toBe("WEBP");
  }
  expect(kept.bytes).toEqual(made.bytes);
  expect((await open("?width=481")).status).toBe(400);
});

test("a thumbnail that cannot be made is a placeholder for a minute and is tried again", async () => {
  const { open, key } = await aStoredImage(aDrawing());
  const shown = async (search: string) => {
    const { status, headers, bytes } = await open(search);
    return [
      status,
      headers.get("Content-Type"),
      headers.get("Cache-Control"),
      headers.get("ETag"),
      bytes.length < 2_000,
    ];
  };
  // Files that were stored before uploads were checked.
  for (const file of [aFlood(), aDamagedPicture(), aPicture({ size: 500_000 })]) {
    await env.FILES.put(key, file.size === 500_000 ? (await file.bytes()).fill(7, 8) : await file.bytes());
    expect(await shown("?width=960")).toEqual([200, "image/svg+xml; charset=utf-8", "private, max-age=60", null, true]);
  }
  const { headers, bytes } = await open("?width=1920&moving");
  expect([headers.get("Content-Type"), headers.get("Cache-Control"), bytes.length]).toEqual([
    "image/png",
    "private, max-age=60",
    500_000,
  ]);
  await env.FILES.put(key, await aDrawing().bytes());
  expect((await shown("?width=960"))[1]).toBe("image/webp");
  await env.FILES.delete(key);
  expect((await open("?width=1920")).status).toBe(404);
});

test("an animated picture moves on its own page and in the download, and is still in a grid", async () => {
  for (const file of [aMovingPicture("gif"), aMovingPicture("webp")]) {
    const { open, id } = await aStoredImage(file);
    const large = await open("?width=1920&moving");
    expect([large.headers.get("Content-Type"), large.headers.get("ETag")]).toEqual([file.type, `"${id}-1920-moving"`]);
    expect(large.bytes).toEqual(await file.bytes());
    expect((await open("?width=1920&moving", { "If-None-Match": `"${id}-1920-moving"` })).status).toBe(304);
    expect((await open("?download")).bytes).toEqual(await file.bytes());
    const small = await open("?width=1920");
    expect(small.headers.get("Content-Type")).toBe("image/webp");
    expect(new TextDecoder("latin1").decode(small.bytes)).not.toContain("ANIM");
  }
  const still = await (await aStoredImage(aPhotograph())).open("?width=1920&moving");
  expect(still.headers.get("Content-Type")).toBe("image/webp");
});

test("a download has the name the image has today", async () => {
  const { open, place, cookie } = await aStoredImage(aPicture());
  await ask(rename, { url: "/", params: place, cookie, form: { name: "Tomorrow" } });
  const { headers } = await open("?download");
  expect(headers.get("Content-Disposition")).toBe("attachment; filename*=UTF-8''Tomorrow.png");
  expect(headers.get("Cache-Control")).toBe("private, no-cache");
});

test("a stranger gets 404 for a file and its cached thumbnail, and a visitor who is not signed in is redirected", async () => {
  const { open, id } = await aStoredImage(aDrawing());
  await open("?width=480");
  const stranger = await cookiesOf(await aSession(db, await aPerson(db)));
  const conditional = { "If-None-Match": `"${id}"` };
  for (const search of ["", "?width=480", "?download"]) {
    expect((await open(search, conditional, stranger)).status).toBe(404);
    expect((await open(search, conditional, null)).status).toBe(302);
  }
});

function aDrawing(): File {
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return new File([Uint8Array.fromBase64(pixel)], "pixel.png", { type: "image/png" });
}
