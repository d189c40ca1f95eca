import { aPixel } from "../pixel.ts";
import { ask } from "../requests.ts";

type Owner = { slug: string; cookie: string | null };

/** An image with its file, and another one in the trash, uploaded by their owner. */
export async function furnish(owner: Owner) {
  const [image, trashed] = [await anImage(owner), await anImage(owner)];
  const removal = `/organizations/${owner.slug}/gallery/${trashed}/remove`;
  await ask(removal, owner.cookie, { method: "POST" });
  return { image, trashed };
}

async function anImage({ slug, cookie }: Owner): Promise<string> {
  const body = new FormData();
  body.append("file", aPixel("pixel"));
  const answered = await ask(`/organizations/${slug}/gallery/files`, cookie, { method: "POST", body });
  const { image } = (await answered.json()) as { image: { id: string } };
  return image.id;
}
