import type { CSSProperties } from "react";
import { directionOf, type Locale, languageTag } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { mailColors } from "./colors.ts";
import type { MailBlock, MailContent, MailFooter } from "./content.ts";

const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', Arial, sans-serif";
const { page, card, border, ink, muted, accent, onAccent } = mailColors.light;

type MailStyle = CSSProperties & { msoHide?: "all"; msoPaddingAlt?: string };

// Mail programs drop style sheets and support tables best, so styles are inline. Several replace the body with another element.
const styles = {
  body: { margin: 0, backgroundColor: page },
  preview: {
    ...{ display: "none", maxHeight: 0, maxWidth: 0, overflow: "hidden", opacity: 0 },
    ...{ fontSize: 1, lineHeight: "1px", color: page, msoHide: "all" },
  },
  page: { width: "100%", borderCollapse: "collapse", backgroundColor: page, color: ink, fontFamily: font },
  margins: { padding: "32px 16px" },
  sheet: { maxWidth: 520, width: "100%", margin: "0 auto", borderCollapse: "separate" },
  brand: {
    padding: "0 8px 16px",
    fontSize: 18,
    lineHeight: "24px",
    fontWeight: 600,
    letterSpacing: "-0.3px",
    color: ink,
  },
  card: { padding: "32px 24px 16px", backgroundColor: card, border: `1px solid ${border}`, borderRadius: 12 },
  heading: { margin: "0 0 20px", fontSize: 22, lineHeight: "30px", fontWeight: 600 },
  text: { margin: "0 0 16px", fontSize: 16, lineHeight: "26px" },
  quote: { margin: "0 0 8px", fontSize: 16, lineHeight: "26px", color: muted, fontStyle: "italic" },
  action: { margin: "24px 0 16px", borderCollapse: "separate" },
  // Outlook for Windows supports padding only on cells.
  buttonCell: { borderRadius: 8, backgroundColor: accent, msoPaddingAlt: "13px 24px" },
  button: {
    ...{ display: "inline-block", padding: "13px 24px", borderRadius: 8, backgroundColor: accent, color: onAccent },
    ...{ fontSize: 16, lineHeight: "20px", fontWeight: 600, textDecoration: "none" },
  },
  address: { margin: "0 0 16px", fontSize: 13, lineHeight: "20px", color: muted },
  url: { color: accent, wordBreak: "break-all" },
  facts: { margin: "8px 0 20px", borderCollapse: "collapse" },
  term: { padding: "6px 0", fontSize: 14, lineHeight: "22px", color: muted, verticalAlign: "top" },
  // A host name has no place to break at, and would make the mail wider than a phone.
  fact: {
    ...{ padding: "6px 16px", fontSize: 16, lineHeight: "22px", fontWeight: 600, verticalAlign: "top" },
    wordBreak: "break-word",
  },
  footer: { padding: "16px 8px 0", fontSize: 13, lineHeight: "20px", color: muted },
} satisfies Record<string, MailStyle>;

const dark = mailColors.dark;

/** For programs that support it. Others stay light, or make their own dark version. */
const styleSheet = `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.page}!important;color:${dark.ink}!important}
.card{background-color:${dark.card}!important;border-color:${dark.border}!important}
.ink{color:${dark.ink}!important}
.muted{color:${dark.muted}!important}
.url{color:${dark.accent}!important}
.button{background-color:${dark.accent}!important;color:${dark.onAccent}!important}
}`;

type MailLayoutProps = { content: MailContent; footer: MailFooter; locale: Locale };

export function MailLayout({ content, footer, locale }: MailLayoutProps) {
  const [, preview] = content.blocks;
  return (
    <html lang={languageTag(locale)} dir={directionOf(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, in which React would escape characters */}
        <style dangerouslySetInnerHTML={{ __html: styleSheet }} />
      </head>
      <body className="page" style={styles.body} dir={directionOf(locale)}>
        <div style={styles.preview}>{preview?.kind === "text" && preview.text}</div>
        <table
          role="presentation"
          lang={languageTag(locale)}
          dir={directionOf(locale)}
          cellPadding={0}
          cellSpacing={0}
          className="page"
          style={styles.page}
        >
          <tbody>
            <tr>
              <td style={styles.margins}>
                <Sheet content={content} footer={footer} />
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  );
}

function Sheet({ content, footer }: Pick<MailLayoutProps, "content" | "footer">) {
  return (
    <table role="presentation" align="center" cellPadding={0} cellSpacing={0} style={styles.sheet}>
      <tbody>
        <tr>
          <td className="ink" style={styles.brand}>
            <span lang="en" dir="ltr">
              {PRODUCT_NAME}
            </span>
          </td>
        </tr>
        <tr>
          <td className="card" style={styles.card}>
            <h1 style={styles.heading}>{content.subject}</h1>
            {content.blocks.map((block) => (
              <Block key={keyOf(block)} block={block} />
            ))}
          </td>
        </tr>
        <tr>
          <td className="muted" style={styles.footer}>
            {footer.text}
            {footer.off && (
              <>
                <br />
                <a href={footer.off.url} className="url" style={styles.url}>
                  {footer.off.label}
                </a>
              </>
            )}
          </td>
        </tr>
      </tbody>
    </table>
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
      <p dir="auto" className="muted" style={styles.quote}>
        {block.text}
      </p>
    );
  }
  if (block.kind === "facts") return <Facts facts={block.facts} />;
  if (block.kind === "link") {
    return (
      <p style={styles.text}>
        <a href={block.url} className="url" style={styles.url}>
          {block.label}
        </a>
      </p>
    );
  }
  return (
    <>
      <table role="presentation" cellPadding={0} cellSpacing={0} style={styles.action}>
        <tbody>
          <tr>
            <td className="button" style={styles.buttonCell}>
              <a href={block.url} className="button" style={styles.button}>
                {block.label}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
      <p className="muted" style={styles.address}>
        {m.mail_link_by_hand()}
        <br />
        <a href={block.url} dir="ltr" className="url" style={styles.url}>
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
            <td className="muted" style={styles.term}>
              {term}
            </td>
            <td style={styles.fact}>
              <span dir="auto">{fact}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
