import type { BrowserContext } from "playwright-core";
import { expect, inject } from "vitest";
import type { Picture } from "../pictures.ts";

/** Sends pictures as the page does, without the page. */
export async function upload(context: BrowserContext, organization: { slug: string }, pictures: Picture[]) {
  for (const file of pictures) {
    const answer = await context.request.post(`/organizations/${organization.slug}/gallery/files`, {
      headers: { Origin: inject("appUrl") },
      multipart: { file },
    });
    expect(answer.status()).toBe(201);
  }
}

export function galleryOf({ slug }: { slug: string }): string {
  return `/organizations/${slug}/gallery`;
}
