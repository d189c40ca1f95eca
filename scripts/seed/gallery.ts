import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import { organizationFolder } from "#app/storage/folders.ts";
import { image } from "../../app/db/schema/gallery.ts";
import { demoPictures, type Picture } from "./pictures.ts";
import { type DemoLife, demoId } from "./rows.ts";

const SPREAD = 21 * DAY_MS;

const IMAGES: Record<string, number> = { acme: 60, globex: 15 };

/** The images of a demo organization: rows, files by key, and entries of the log. */
export async function demoImages(slug: string, life: DemoLife) {
  const { organizationId } = life;
  const first = slug === "acme" ? 0 : (IMAGES.acme ?? 0);
  const pictures = (await demoPictures(first + (IMAGES[slug] ?? 0))).slice(first);
  const rows = imageRows(slug, life, pictures);
  const prefix = `${organizationFolder(organizationId)}/images/`;
  const files = rows.map(({ id }, index) => ({ key: `${prefix}${id}`, file: pictures[index] as Picture }));
  return { table: image, rows, prefix, files, auditEntries: entriesOf(slug, life, rows) };
}

function imageRows(slug: string, { organizationId, people, owner, now }: DemoLife, pictures: readonly Picture[]) {
  return pictures.map(({ name, type, bytes }, index) => {
    // Uploads become more frequent towards today.
    const when = now - HOUR_MS - SPREAD * ((index + unevenness(index)) / pictures.length) ** 1.3;
    const there = people.filter(({ joined }) => joined < when);
    const creator = there[(index * 5) % there.length] ?? owner;
    const at = new Date(Math.round(when));
    const id = demoId(slug, "image", String(index));
    return { id, organizationId, createdBy: creator.id, name, type, size: bytes.length, createdAt: at, updatedAt: at };
  });
}

function entriesOf(slug: string, { owner, entry }: DemoLife, rows: ReturnType<typeof imageRows>) {
  const renamed = rows.filter((_, index) => index % 13 === 6);
  const deleted = rows.filter((_, index) => index % 16 === 9);
  const moved = (time: Date, by: number) => new Date(time.getTime() + by);
  return [
    ...rows.map((row) => entry(row.createdAt, row.createdBy, "image.created", row)),
    ...renamed.map((row) =>
      entry(moved(row.createdAt, HOUR_MS / 2), owner.id, "image.renamed", row, {
        before: { name: "Untitled" },
        after: { name: row.name },
      }),
    ),
    ...deleted.map((row, index) =>
      entry(moved(row.createdAt, -HOUR_MS), owner.id, "image.deleted", {
        id: demoId(slug, "deleted", String(index)),
        name: `${row.name}, first try`,
      }),
    ),
  ];
}

const unevenness = (index: number) => ((index * 37) % 11) / 11;
