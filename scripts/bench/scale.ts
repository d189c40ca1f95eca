import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { DAY_MS } from "#app/durations.server.ts";
import { createDatabase, type Database } from "../../app/db/client.server.ts";
import { MIGRATION_LIMIT_MS } from "../migrate.ts";
import { DEMO_LOGINS } from "../seed/demo.ts";
import { type Load, measure } from "./load.ts";
import { median, table } from "./numbers.ts";
import { CONNECTIONS, WARM_UP_SECONDS } from "./pages.ts";
import { type Product, startProduct } from "./product.ts";

/** `rows` is the number of members, of images and of entries. */
type Size = { slug: string; rows: number };

const IMAGES_PER_PAGE = 24;
const SMALL = { slug: "scale-100", rows: 100 };
const LARGE = { slug: "scale-100000", rows: 100_000 };

/** The person who wrote half of the entries, which fill a page even in the small organization. */
const WRITER = 8;

/** A `many` page finds nearly every row; a `few` page finds one or two rows in each organization. */
const PLACES: Record<string, (size: Size) => string> = {
  dashboard: page("dashboard"),
  gallery: page("gallery"),
  "gallery, last page": (size) => page(`gallery?page=${Math.ceil(size.rows / IMAGES_PER_PAGE)}`)(size),
  members: page("members"),
  "members, many": page("members?search=person"),
  "members, few": page("members?search=person-99@"),
  audit: page("audit"),
  "audit of an action, many": page("audit?action=image.created"),
  "audit of an action, few": page("audit?action=image.renamed"),
  "audit of a person": (size) => page(`audit?actor=${personIn(size, WRITER)}`)(size),
  "audit of both": (size) => page(`audit?actor=${personIn(size, WRITER)}&action=image.renamed`)(size),
  "audit, many": page("audit?search=image"),
  "audit, few": page("audit?search=image+99-"),
  "palette, many": () => "/api/v1/pages/palette?query=image",
  "palette, few": () => "/api/v1/pages/palette?query=image+99-",
};

function page(path: string) {
  return ({ slug }: Size) => `/organizations/${slug}/${path}`;
}

function personIn({ slug }: Size, place: number) {
  return `${slug}-person-${place}`;
}

/** Measures the same pages of a small and of a large organization in turn: a page's cost should not grow with its tenant. */
export async function compareSizes({ rounds, seconds }: { rounds: number; seconds: number }) {
  await using product = await startProduct();
  // Inserting a hundred thousand rows in one statement needs a long time limit.
  const db = createDatabase({ url: product.databaseUrl, answerWithinMs: MIGRATION_LIMIT_MS });
  for (const size of [SMALL, LARGE]) await fill(db, size);
  const visit = visitsOf(product);
  const rows = [["page", "ms small", "ms large", "large to small", "lowest", "highest"]];
  for (const [name, place] of Object.entries(PLACES)) {
    const [small, large] = [await visit(SMALL, place), await visit(LARGE, place)];
    const cost = async (load: typeof small) => 1000 / (await measure({ ...load, seconds })).documentsPerSecond;
    for (const load of [small, large]) await measure({ ...load, seconds: WARM_UP_SECONDS });
    const pairs: [number, number][] = [];
    for (let round = 0; round < rounds; round += 1) pairs.push([await cost(small), await cost(large)]);
    const ratios = pairs.map(([one, other]) => other / one);
    const times = [median(pairs.map(([one]) => one)), median(pairs.map(([, other]) => other))];
    const figures = [...times, median(ratios), Math.min(...ratios), Math.max(...ratios)];
    rows.push([name, ...figures.map((figure) => figure.toFixed(2))]);
  }
  const sizes = [SMALL, LARGE].map(({ rows }) => rows).join(" against ");
  const what = `${sizes} members, images and entries, milliseconds a document at ${CONNECTIONS} connections`;
  console.log(`\n${what}, medians of ${rounds} rounds of ${seconds} s\n\n${table(rows)}`);
}

/** Visits as the organization's owner. The cookie's cache lasts five minutes, and sign-ins are limited to five a minute. */
function visitsOf(product: Product) {
  const signedIn = new Map<Size, { cookie: string; until: number }>();
  return async (size: Size, place: (size: Size) => string): Promise<Omit<Load, "seconds">> => {
    let own = signedIn.get(size);
    if (own === undefined || own.until < Date.now()) {
      own = { cookie: await product.signIn({ email: ownerOf(size) }), until: Date.now() + 2 * 60_000 };
      signedIn.set(size, own);
    }
    return { url: product.url + place(size), headers: { cookie: own.cookie }, connections: CONNECTIONS };
  };
}

function ownerOf({ slug }: Size) {
  return `owner@${slug}.test`;
}

const NAMED_AT_ONCE = 5_000;

/** Fills an organization once per data folder. Its owner has the demo's password. */
async function fill(db: Database, size: Size): Promise<void> {
  const { slug, rows } = size;
  const [known] = await db.all(sql`select 1 from organization where slug = ${slug}`);
  if (!known) {
    const [id, owner] = [randomUUID(), randomUUID()];
    const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`;
    const person = sql`${`${slug}-person-`} || i`;
    const month = 30 * DAY_MS;
    const second = sql`${Date.now()} - (${rows} - i) * 1000`;
    await db.run(sql`
      insert into organization (id, name, slug, member_limit, storage_quota) values (${id}, ${slug}, ${slug}, ${rows + 1}, ${rows})`);
    await db.batch([
      db.run(sql`
        insert into user (id, name, email, email_verified) values (${owner}, 'Owner', ${ownerOf(size)}, 1)`),
      db.run(sql`
        insert into account (id, user_id, provider_id, account_id, password)
        select ${randomUUID()}, ${owner}, 'credential', ${owner}, password from account
        where provider_id = 'credential' and user_id = (select id from user where email = ${DEMO_LOGINS[0]})`),
      db.run(sql`
        insert into member (id, organization_id, user_id, role) values (${randomUUID()}, ${id}, ${owner}, 'owner')`),
    ]);
    await db.run(sql`
      insert into user (id, name, email, email_verified) ${numbers}
      select ${person}, 'Person ' || i, ${person} || '@scale.test', 1 from n`);
    await db.run(sql`
      insert into member (id, organization_id, user_id, role, last_active_at, created_at) ${numbers}
      select ${`${slug}-member-`} || i, ${id}, ${person}, case i % 20 when 0 then 'admin' else 'member' end, ${second}, ${second} from n`);
    await db.run(sql`
      insert into audit_entry (id, organization_id, actor_id, action, target_id, target_name, created_at) ${numbers}
      select lower(hex(randomblob(16))), ${id}, ${`${slug}-person-`} || case i % 2 when 1 then i % 20 else ${WRITER} end,
        case when i % ${rows / 2} = 6 then 'image.renamed' else 'image.created' end, 'image', 'Image ' || i || '-',
        ${Date.now()} - (${rows} - i) * ${month / rows} from n`);
    await db.run(sql`
      insert into image (id, organization_id, name, type, size, created_at) ${numbers}
      select ${`${slug}-image-`} || i, ${id}, 'Image ' || i || '-', 'image/png', 1, ${second} from n`);
  }
  for (let made = NAMED_AT_ONCE; made === NAMED_AT_ONCE; ) {
    const { rowsAffected } = await db.run(sql`
      update search_text set form = lower(coalesce(
        (select name from image where kind = 'image' and image.id = search_text.id),
        (select name || '\n' || email from user where kind = 'person' and user.id = search_text.id),
        (select name from organization where kind = 'organization' and organization.id = search_text.id),
        (select target_name from audit_entry where kind = 'entry' and audit_entry.id = search_text.id),
        ''))
      where number in (select number from search_text where form is null and kind <> 'member' limit ${NAMED_AT_ONCE})`);
    made = rowsAffected;
  }
}
