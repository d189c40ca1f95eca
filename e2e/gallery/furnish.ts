import { aPixel } from "../pixel.ts";
import { ask } from "../requests.ts";

/** An image with its file, uploaded by its owner. */
export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const body = new FormData();
  body.append("file", aPixel("pixel"));
  const answered = await ask(`/organizations/${slug}/gallery/files`, cookie, { method: "POST", body });
  const { image } = (await answered.json()) as { image: { id: string } };
  return { image: image.id };
}
