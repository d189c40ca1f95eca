import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./port.ts";

test("a port that browsers do not connect to is passed over", async () => {
  for (const shut of [6000, 6666, 10_080]) {
    const found = await freePort(shut);
    expect(found).toBeGreaterThan(shut);
    await expect(fetch(`http://127.0.0.1:${shut}`)).rejects.toMatchObject({ cause: { message: "bad port" } });
    await expect(fetch(`http://127.0.0.1:${found}`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  }
});

test("a port that somebody listens on is passed over", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await expect.poll(() => server.listening).toBe(true);
  expect(await freePort(port)).toBeGreaterThan(port);
  server.close();
});
