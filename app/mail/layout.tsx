import type { CSSProperties } from "react";
import { directionOf, type Locale, languageTag } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { PRODUCT_COLOR } from "#app/product.ts";
import type { MailBlock, MailContent, MailFooter } from "./content.ts";

const ink = "#1c2a2b";
const muted = "#5c6868";
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', Arial, sans-serif";

// Mail programs drop style sheets and know tables best, so styles stand inline.
const styles = {
  page: { margin: 0, padding: "32px 16px", backgroundColor: "#f6f6f4", color: ink, fontFamily: font },
  preview: { display: "none", maxHeight: 0, overflow: "hidden" },
  sheet: { maxWidth: 520, width: "100%", margin: "0 auto", borderCollapse: "separate" },
  brand: { padding: "0 8px 16px", fontSize: 18, fontWeight: 700, letterSpacing: "-0.01em", color: PRODUCT_COLOR },
  card: { padding: "32px", backgroundColor: "#ffffff", border: "1px solid #e3e4e0", borderRadius: 12 },
  heading: { margin: "0 0 20px", fontSize: 22, lineHeight: "30px", fontWeight: 650 },
  text: { margin: "0 0 16px", fontSize: 16, lineHeight: "26px" },
  quote: { margin: "0 0 8px", fontSize: 16, lineHeight: "26px", color: muted, fontStyle: "italic" },
  button: {
    display: "inline-block",
    padding: "13px 24px",
    borderRadius: 8,
    backgroundColor: PRODUCT_COLOR,
    color: "#ffffff",
    fontSize: 16,
    fontWeight: 600,
    textDecoration: "none",
  },
  action: { margin: "24px 0 16px" },
  address: { margin: "0 0 24px", fontSize: 13, lineHeight: "20px", color: muted },
  url: { color: PRODUCT_COLOR, wordBreak: "break-all" },
  facts: { margin: "8px 0 20px", width: "100%", borderCollapse: "collapse" },
  term: { padding: "6px 16px 6px 0", fontSize: 14, lineHeight: "22px", color: muted, verticalAlign: "top" },
  fact: { padding: "6px 0", width: "100%", fontSize: 16, lineHeight: "22px", fontWeight: 600 },
  footer: { padding: "16px 8px 0", fontSize: 13, lineHeight: "20px", color: muted },
} satisfies Record<string, CSSProperties>;

type MailLayoutProps = { content: MailContent; footer: MailFooter; locale: Locale };

export function MailLayout({ content, footer, locale }: MailLayoutProps) {
  const [, preview] = content.blocks;
  return (
    <html lang={languageTag(locale)} dir={directionOf(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light" />
        <title>{content.subject}</title>
      </head>
      <body style={styles.page} dir={directionOf(locale)}>
        <div style={styles.preview}>{preview?.kind === "text" && preview.text}</div>
        <table role="presentation" align="center" cellPadding={0} cellSpacing={0} style={styles.sheet}>
          <tbody>
            <tr>
              <td style={styles.brand}>{m.common_app_name()}</td>
            </tr>
            <tr>
              <td style={styles.card}>
                <h1 style={styles.heading}>{content.subject}</h1>
                {content.blocks.map((block) => (
                  <Block key={keyOf(block)} block={block} />
                ))}
              </td>
            </tr>
            <tr>
              <td style={styles.footer}>
                {footer.text}
                {footer.off && (
                  <>
                    <br />
                    <a href={footer.off.url} style={styles.url}>
                      {footer.off.label}
                    </a>
                  </>
                )}
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  );
}

function keyOf(block: MailBlock): string {
  if (block.kind === "facts") return block.kind;
  if (block.kind === "quote") return `${block.kind}-${block.at}`;
  return block.kind === "text" ? block.text : block.url;
}

function Block({ block }: { block: MailBlock }) {
  if (block.kind === "text") return <p style={styles.text}>{block.text}</p>;
  if (block.kind === "quote") {
    return (
      <p dir="auto" style={styles.quote}>
        {block.text}
      </p>
    );
  }
  if (block.kind === "facts") return <Facts facts={block.facts} />;
  if (block.kind === "link") {
    return (
      <p style={styles.text}>
        <a href={block.url} style={styles.url}>
          {block.label}
        </a>
      </p>
    );
  }
  return (
    <>
      <p style={styles.action}>
        <a href={block.url} style={styles.button}>
          {block.label}
        </a>
      </p>
      <p style={styles.address}>
        {m.mail_link_by_hand()}
        <br />
        <a href={block.url} dir="ltr" style={styles.url}>
          {block.url}
        </a>
      </p>
    </>
  );
}

function Facts({ facts }: { facts: { term: string; fact: string }[] }) {
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} style={styles.facts}>
      <tbody>
        {facts.map(({ term, fact }) => (
          <tr key={term}>
            <td style={styles.term}>{term}</td>
            <td style={styles.fact} dir="auto">
              {fact}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
