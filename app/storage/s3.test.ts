import { expect, inject, test } from "vitest";
import { aReceiver } from "#app/test/receivers.ts";
import { createS3Storage } from "./s3.server.ts";
import { storageContract } from "./storage.contract.ts";

const { url: endpoint, ...account } = inject("s3");

storageContract(() => createS3Storage({ endpoint, ...account }));

test("an account the server does not know is a fault, never an empty answer", async () => {
  const storage = createS3Storage({ endpoint, ...account, accessKeyId: "nobody" });
  await expect(storage.head("one")).rejects.toThrow("403");
  await expect(storage.get("one")).rejects.toThrow("403");
  await expect(storage.list("")).rejects.toThrow("403");
  await expect(storage.delete(["one"])).rejects.toThrow("403");
});

test("a wrong secret is refused, so what is sent is signed", async () => {
  const storage = createS3Storage({ endpoint, ...account, secretAccessKey: "wrong" });
  await expect(storage.head("one")).rejects.toThrow("403");
});

test("what the server has under the key of an upload that broke off is deleted", async () => {
  const storage = createS3Storage({ endpoint, ...account });
  const key = `rests/${crypto.randomUUID()}`;
  const upload = (text: string, length: number) =>
    storage.put(key, new Blob([text]).stream(), { length, type: "text/plain" });
  await upload("a part", 6);
  await expect(upload("a part", 7)).rejects.toThrow("6 bytes arrived instead of the announced 7");
  expect(await storage.head(key)).toBeNull();
});

test("a deletion that leaves a file behind is a fault, although the server calls it a success", async () => {
  const receiver = aReceiver();
  const error = "<Error><Key>one</Key><Code>AccessDenied</Code></Error>";
  await receiver.answers(200, {}, `<DeleteResult><Deleted><Key>two</Key></Deleted>${error}</DeleteResult>`);
  const { origin, pathname } = new URL(receiver.url);
  const storage = createS3Storage({ ...account, endpoint: origin, bucket: pathname.slice(1) });
  await expect(storage.delete(["one", "two"])).rejects.toThrow("AccessDenied");
});
