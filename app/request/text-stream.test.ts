import { and, eq } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { RightLost } from "#app/operation/meanwhile.server.ts";
import { loader as log } from "#app/routes/organizations/audit.export.ts";
import { loader as images } from "#app/routes/organizations/gallery.download.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { loader as account } from "#app/routes/settings/export.ts";
import { testDatabase } from "#app/test/database.ts";
import { aForm, aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { CHECKED_EVERY_MS } from "./text-stream.server.ts";

const db = testDatabase();

afterEach(() => {
  vi.useRealTimers();
});

type Team = Awaited<ReturnType<typeof aTeam>>;

type Handler = Parameters<typeof ask>[0];

/** The response as it is before anyone has read its body. */
async function begun(handler: Handler, asked: Parameters<typeof ask>[1]): Promise<Response> {
  let response: unknown;
  await ask(async (args) => {
    response = await handler(args);
    return new Response();
  }, asked);
  return response as Response;
}

const downloads = {
  log: ({ at, owner: { cookie } }: Team) => {
    const { url, params } = at("audit/export");
    return begun(log, { url: `${url}?format=json`, params, cookie });
  },
  images: async ({ at, owner: { cookie } }: Team) => {
    const { url, params } = at("gallery");
    const sent = { url: `${url}/files`, params, cookie, form: aForm(aPicture({ name: "Lake.png" })) };
    const { image } = (await ask(upload, sent)).body as { image: { id: string } };
    return begun(images, { url: `${url}/download?image=${image.id}`, params, cookie });
  },
  account: ({ owner: { cookie } }: Team) => begun(account, { url: "/settings/account/export", cookie }),
};

const ownerOf = ({ organization, owner }: Team) =>
  and(eq(member.organizationId, organization.id), eq(member.userId, owner.person.id));

const losses = {
  "session ended": ({ owner }: Team) => db.delete(session).where(eq(session.userId, owner.person.id)),
  "role lowered": (team: Team) => db.update(member).set({ role: "member" }).where(ownerOf(team)),
  "member removed": (team: Team) => db.delete(member).where(ownerOf(team)),
  "second factor required": ({ organization: { id } }: Team) =>
    db.update(organization).set({ requiresSecondFactor: true }).where(eq(organization.id, id)),
};

type Loss = keyof typeof losses;

/** A product without the gallery has no download of images. */
const endedBy: Record<string, Loss[]> = {
  log: ["session ended", "role lowered", "member removed", "second factor required"],
  images: ["session ended", "member removed"],
  account: ["session ended"],
};

for (const [name, begin] of Object.entries(downloads)) {
  const ends = endedBy[name] ?? [];
  test(`a download (${name}) breaks off within seconds once access is lost: ${ends.join(", ")}`, async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const restAfter = async (lose: (team: Team) => Promise<unknown>) => {
      const team = await aTeam(db);
      const response = await begin(team);
      await lose(team);
      vi.setSystemTime(Date.now() + CHECKED_EVERY_MS);
      return response.bytes();
    };
    expect((await restAfter(async () => {})).length, "nothing lost").toBeGreaterThan(0);
    for (const end of ends) await expect(restAfter(losses[end]), end).rejects.toBeInstanceOf(RightLost);
  });
}
