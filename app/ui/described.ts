import { PRODUCT_NAME } from "#app/product.ts";

type Described = { title: string; text: string; appUrl?: string | undefined };

/** How search engines, chats and feeds describe a link to a public page (https://ogp.me). `appUrl`: they want whole addresses. */
export function described({ title, text, appUrl = "" }: Described) {
  return [
    { title },
    { name: "description", content: text },
    { property: "og:site_name", content: PRODUCT_NAME },
    { property: "og:type", content: "website" },
    { property: "og:title", content: title },
    { property: "og:description", content: text },
    { property: "og:image", content: `${appUrl}/preview.png` },
    { name: "twitter:card", content: "summary_large_image" },
  ];
}
