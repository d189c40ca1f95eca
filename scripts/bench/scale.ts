import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "../../app/db/client.server.ts";
import { IMAGES_PER_PAGE } from "../../app/gallery/limits.ts";
import { measure } from "./load.ts";
import { median, table } from "./numbers.ts";
import { CONNECTIONS, WARM_UP_SECONDS } from "./pages.ts";
import { startProduct } from "./product.ts";

const SMALL = { slug: "scale-small", members: 100, entries: 100, images: 100 };
const LARGE = { slug: "scale-large", members: 10_000, entries: 100_000, images: 100_000 };
const LAST_GALLERY_PAGE = "gallery, last page";
const PLACES = [
  ...["members", "members?search=person-7", "audit", "audit?action=image.deleted", "dashboard", "gallery"],
  LAST_GALLERY_PAGE,
];

/** The same pages of a small and of a large organization in turn: a page's cost should not grow with its tenant. */
export async function compareSizes({ rounds, seconds }: { rounds: number; seconds: number }) {
  await using product = await startProduct();
  for (const size of [SMALL, LARGE]) await fill(product.db, size);
  const cookie = await product.signIn();
  const loadOf = ({ slug, images }: typeof SMALL, place: string) => ({
    url: `${product.url}/organizations/${slug}/${
      place === LAST_GALLERY_PAGE ? `gallery?page=${images / IMAGES_PER_PAGE}` : place
    }`,
    headers: { cookie },
    connections: CONNECTIONS,
    seconds,
  });
  const rows = [["page", "ms small", "ms large", "large to small", "lowest", "highest"]];
  for (const place of PLACES) {
    const [small, large] = [loadOf(SMALL, place), loadOf(LARGE, place)];
    for (const load of [small, large]) await measure({ ...load, seconds: WARM_UP_SECONDS });
    const pairs: [number, number][] = [];
    for (let round = 0; round < rounds; round += 1) pairs.push([await cost(small), await cost(large)]);
    const ratios = pairs.map(([one, other]) => other / one);
    const times = [median(pairs.map(([one]) => one)), median(pairs.map(([, other]) => other))];
    const figures = [...times, median(ratios), Math.min(...ratios), Math.max(...ratios)];
    rows.push([place, ...figures.map((figure) => figure.toFixed(2))]);
  }
  const sizes = [SMALL, LARGE].map(
    ({ members, entries, images }) => `${members} members, ${entries} entries and ${images} images`,
  );
  console.log(`\n${sizes.join(" against ")}, medians of ${rounds} rounds of ${seconds} s\n\n${table(rows)}`);
}

/** Milliseconds a document, while `CONNECTIONS` ask at once. */
async function cost(load: Parameters<typeof measure>[0]): Promise<number> {
  const { documentsPerSecond } = await measure(load);
  return 1000 / documentsPerSecond;
}

/** An organization of that many members, audit entries and images, the demo owner among them; made once per data folder. */
async function fill(db: Database, { slug, members, entries, images }: typeof SMALL): Promise<void> {
  const [known] = await db.all(sql`select 1 from organization where slug = ${slug}`);
  if (known) return;
  const id = randomUUID();
  const numbers = (count: number) =>
    sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const month = 30 * 86_400_000;
  await db.batch([
    db.run(sql`
      insert into organization (id, name, slug, member_limit, storage_quota)
      values (${id}, ${slug}, ${slug}, ${members}, ${images})`),
    db.run(sql`
      insert into member (id, organization_id, user_id, role)
      select ${randomUUID()}, ${id}, id, 'owner' from user where email = 'owner@acme.test'`),
    db.run(sql`
      insert into user (id, name, email, email_verified) ${numbers(members - 1)}
      select ${slug} || i, 'Person ' || i, ${slug} || '-person-' || i || '@scale.test', 1 from n`),
    db.run(sql`
      insert into member (id, organization_id, user_id, role, last_active_at, created_at) ${numbers(members - 1)}
      select ${slug} || i, ${id}, ${slug} || i, case i % 20 when 0 then 'admin' else 'member' end,
        ${Date.now()} - i * 1000, ${Date.now()} - i * 1000 from n`),
    db.run(sql`
      insert into audit_entry (id, organization_id, actor_id, action, target_id, target_name, created_at) ${numbers(entries)}
      select lower(hex(randomblob(16))), ${id}, ${slug} || (i % ${members - 1} + 1),
        case i % 10 when 0 then 'image.deleted' else 'image.created' end, 'image', 'Image ' || i,
        ${Date.now()} - (${entries} - i) * ${month / entries} from n`),
    db.run(sql`
      insert into image (id, organization_id, name, type, size, created_at) ${numbers(images)}
      select ${slug} || i, ${id}, 'Image ' || i, 'image/png', 1, ${Date.now()} - i * 1000 from n`),
  ]);
}
