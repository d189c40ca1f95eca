import { expect, test } from "vitest";
import { faultyServices } from "#app/test/database.ts";
import type { OutgoingMail } from "./mail.ts";
import { createResendTransport } from "./resend.server.ts";

const mail: OutgoingMail = {
  ...{ id: "mail-1", to: "ada@person.test", subject: "Hello", text: "Text", html: "<p>Text</p>" },
  headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
};

function transport(answer: Response) {
  const requests: Request[] = [];
  const resend = createResendTransport({
    apiKey: "re_key",
    from: "The product <mail@app.test>",
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return answer;
    },
  });
  return { resend, requests };
}

test("Resend gets the mail with its id as the idempotency key", async () => {
  const { resend, requests } = transport(Response.json({ id: "sent" }));
  await resend.send(mail);
  expect(requests[0]?.url).toBe("https://api.resend.com/emails");
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: "Bearer re_key",
    "idempotency-key": "mail-1",
  });
  const { id, to, ...rest } = mail;
  expect(await requests[0]?.json()).toEqual({ from: "The product <mail@app.test>", to: [to], ...rest });
});

test("an error from Resend gives the reason without the recipient's address", async () => {
  const body = { name: "validation_error", message: "ada@person.test is not a valid address" };
  const { resend } = transport(Response.json(body, { status: 422 }));
  await expect(resend.send(mail)).rejects.toThrow(/^Resend responded with 422 validation_error$/);
});

test("a refusal that is not JSON still says its status", async () => {
  const { resend } = transport(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(resend.send(mail)).rejects.toThrow(/^Resend responded with 502 without a reason$/);
});

test("a mail that Resend does not accept within the time limit fails with that reason", async () => {
  const { hang, stall } = faultyServices();
  for (const { databaseUrl } of [hang, stall]) {
    const asked: typeof fetch = (_input, init) =>
      fetch(`${databaseUrl}/health`, { ...init, method: "POST", body: "{}" });
    const resend = createResendTransport({ apiKey: "re_key", from: "a@b.test", fetch: asked, answerWithinMs: 50 });
    await expect(resend.send(mail)).rejects.toThrow("The mail service did not respond within 0.05 s");
  }
});
