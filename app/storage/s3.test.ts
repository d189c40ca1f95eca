import { expect, inject, test } from "vitest";
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
