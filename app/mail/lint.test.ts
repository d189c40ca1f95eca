import { caniemail, groupIssues, parseHtml } from "caniemail";
import { expect, test } from "vitest";
import { directionOf, languageTag, locales } from "#app/i18n/locale.ts";
import { looks } from "#scripts/init/choices.ts";
import { mailColors } from "./colors.ts";
import { isOptionalMail } from "./optional-mails.ts";
import { renderMail } from "./render.server.tsx";
import { mailSamples } from "./samples.ts";
import type { MailTemplate } from "./templates.ts";

const appUrl = "https://app.test";
const offUrl = `${appUrl}/unsubscribe/somebody/kind/token`;

/** Without Windows Mail, which ended in 2024. */
const CLIENTS: Parameters<typeof caniemail>[0]["clients"] = [
  ...(["apple-mail.*", "gmail.*", "yahoo.*", "samsung-email.*"] as const),
  ...(["outlook.android", "outlook.ios", "outlook.macos", "outlook.outlook-com", "outlook.windows"] as const),
];

/** What some of these programs do not support, or only in part, and what is seen there. Anything else is a finding. */
const DONE_WITHOUT: Record<string, string> = {
  "color-scheme meta tag": "The mail looks the same.",
  "color-scheme CSS property": "The mail looks the same.",
  "<style> element": "Only the dark colors are in it.",
  "<body> element": "The table inside it has the same colors, language and direction.",
  "display:none": "The preview is also transparent, one pixel high and cut off.",
  display: "Only none and inline-block are used.",
  "max-height property": "The preview is one pixel high.",
  overflow: "The preview is one pixel high.",
  opacity: "The preview has the color of the background.",
  "max-width": "The sheet is as wide as the window.",
  "width property": "Only tables and cells have it.",
  "border-radius": "Corners are square.",
  "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace": "The next typeface in the list is used.",
  "word-break": "The mail program chooses where a long address breaks.",
  "lang attribute": "Screen readers use the language of Yahoo's own page.",
  "role attribute": "Screen readers announce the layout as tables.",
  "dir attribute": "Gmail shows a mail with Arabic from right to left, as Arabic mails are anyway.",
  "align attribute": "Only center is used, and margins center, too.",
  margin: "None is negative or on body or span, and align is used together with auto.",
  padding: "Only cells have it, and the button repeats it for Outlook.",
  border: "Only a cell has one, a pixel wide.",
  background: "It is only a color.",
  "font-size": "Sizes are in pixels.",
  "font-weight": "600 is bold where numbers are unknown.",
  "line-height": "Lines are a pixel or two off.",
  "letter-spacing": "Letters are a third of a pixel off.",
  "text-decoration": "The words of the button are underlined.",
};

const message = "We start on Monday.\n\nHave a look around before.";
const dataOf = (name: MailTemplate) => ({ ...mailSamples[name], ...(name === "invitation" && { message }) });
const templates = Object.keys(mailSamples) as MailTemplate[];
const mails = await Promise.all(
  locales.flatMap((locale) =>
    templates.map(async (template) => {
      const reading = { locale, appUrl, offUrl: isOptionalMail(template) ? offUrl : null };
      return { locale, template, ...(await renderMail(template, dataOf(template), reading)) };
    }),
  ),
);

test("every feature that mail programs do not support is a known one, in every mail and language", () => {
  const found = new Map<string, string>();
  for (const { locale, template, html } of mails) {
    const { errors, warnings } = caniemail({ clients: CLIENTS, html }).issues;
    for (const { issue, clients } of [...groupIssues(errors), ...groupIssues(warnings)]) {
      found.set(issue.title, `${template} ${locale}: ${issue.title} in ${clients.join(", ")}`);
    }
  }
  expect([...found].filter(([title]) => !Object.hasOwn(DONE_WITHOUT, title)).map(([, where]) => where)).toEqual([]);
  expect(
    Object.keys(DONE_WITHOUT).filter((title) => !found.has(title)),
    "these reasons are no longer needed",
  ).toEqual([]);
});

type Parsed = ReturnType<typeof parseHtml>["document"]["children"][number];
type Element = Extract<Parsed, { attribs: unknown }>;

function elementsOf(nodes: Parsed[]): Element[] {
  return nodes.flatMap((node) => ("attribs" in node ? [node, ...elementsOf(node.children)] : []));
}

function textIn(node: Parsed): string {
  if ("data" in node) return node.data;
  return "children" in node ? node.children.map(textIn).join("") : "";
}

const rules: Record<string, (mail: (typeof mails)[number], elements: Element[]) => boolean> = {
  "Gmail cuts what is longer than 102 kB": ({ html }) => Buffer.byteLength(html) > 102_000,
  "a mail declares its language and direction, in the body too": ({ locale }, elements) =>
    ["html", "table"].some((name) => {
      const { lang, dir } = elements.find((each) => each.name === name)?.attribs ?? {};
      return lang !== languageTag(locale) || dir !== directionOf(locale);
    }),
  "a mail has one heading, which is its subject": ({ subject }, elements) => {
    const headings = elements.filter(({ name }) => /^h\d$/.test(name));
    return headings.length !== 1 || headings[0]?.name !== "h1" || headings.map(textIn).join() !== subject;
  },
  "a mail has the subject as its title": ({ subject }, elements) =>
    elements
      .filter(({ name }) => name === "title")
      .map(textIn)
      .join() !== subject,
  "a mail begins with a hidden preview of one or two sentences that does not repeat the subject": (mail, elements) => {
    const first = elements.find(({ name }) => name === "body")?.children[0];
    if (first === undefined || !("attribs" in first)) return true;
    const preview = textIn(first);
    const isHidden = first.attribs.style?.includes("display:none") === true;
    return !isHidden || preview.length < 8 || preview.length > 250 || preview === mail.subject;
  },
  "a subject fits on one line": ({ subject }) => subject === "" || subject.length > 80 || /[\r\n]/.test(subject),
  "the text part has every link, on a line of its own": ({ text }, elements) => {
    const links = elements.flatMap(({ attribs }) => attribs.href ?? []);
    return links.some((link) => !text.split("\n").includes(link));
  },
  "every link is an absolute URL of the product": (_, elements) =>
    elements.some(({ name, attribs }) => name === "a" && !(attribs.href ?? "").startsWith(`${appUrl}/`)),
  "every picture has a size and an alternative text, and comes from the product": (_, elements) =>
    elements.some(
      ({ name, attribs: { src = "", alt, width, height } }) =>
        name === "img" &&
        (!src.startsWith(`${appUrl}/`) || alt === undefined || width === undefined || height === undefined),
    ),
  "layout tables have the role presentation for screen readers": (_, elements) =>
    elements.some(({ name, attribs }) => name === "table" && attribs.role !== "presentation"),
  "a mail has no scripts, no embedded content and no forms": (_, elements) =>
    elements.some(({ name, attribs }) =>
      [
        /^(script|link|iframe|object|embed|form|input|button|svg|video|audio|base)$/.test(name),
        Object.keys(attribs).some((each) => each.startsWith("on")),
      ].some(Boolean),
    ),
  "nothing is wider than a phone": (_, elements) =>
    elements.some(({ attribs: { style = "", width = "" } }) =>
      [...style.matchAll(/(?<![\w-])(?:min-)?width:(\d+)px/g), ["", width]].some(([, px]) => Number(px) > 320),
    ),
  "the dark theme is declared by meta tags and by a media query": ({ html }, elements) => {
    const metas = elements
      .filter(({ name }) => name === "meta")
      .map(({ attribs }) => `${attribs.name}=${attribs.content}`);
    const isSaid = ["color-scheme", "supported-color-schemes"].every((name) => metas.includes(`${name}=light dark`));
    return !isSaid || !html.includes("@media (prefers-color-scheme:dark)");
  },
  "optional mails have a link to turn them off, and others have none": ({ template, html, text }) =>
    [html, text].some((part) => part.includes(offUrl) !== isOptionalMail(template)),
};

test.each(Object.keys(rules))("%s, in every mail and language", (rule) => {
  const broken = mails.filter((mail) => rules[rule]?.(mail, elementsOf(parseHtml(mail.html).document.children)));
  expect(broken.map(({ template, locale }) => `${template} ${locale}`)).toEqual([]);
});

test("every color of a mail has its dark counterpart, except that of the hidden preview", () => {
  // A color that the style sheet does not change by a class stays the light one.
  const signs = new Map<string, Set<string>>();
  for (const { html } of mails) {
    for (const { attribs } of elementsOf(parseHtml(html).document.children)) {
      // Mail programs show the preview only in their lists, in their own colors.
      if (attribs.style?.includes("display:none")) continue;
      for (const [, property = "", color = ""] of (attribs.style ?? "").matchAll(
        /(?<![\w-])(color|background-color):(#\w+)/g,
      )) {
        const key = `${property}:${color}`;
        signs.set(key, (signs.get(key) ?? new Set()).add(attribs.class ?? ""));
      }
    }
  }
  expect(Object.fromEntries([...signs].map(([sign, classes]) => [sign, [...classes].sort()]))).toEqual({
    [`background-color:${mailColors.light.page}`]: ["page"],
    [`color:${mailColors.light.ink}`]: ["ink", "page"],
    [`background-color:${mailColors.light.card}`]: ["card"],
    [`color:${mailColors.light.muted}`]: ["muted"],
    [`background-color:${mailColors.light.accent}`]: ["button"],
    [`color:${mailColors.light.onAccent}`]: ["button"],
    [`color:${mailColors.light.accent}`]: ["url"],
  });
});

test("a mail has enough contrast in light and dark, in every color that a product may start with", () => {
  const { light, dark } = mailColors;
  for (const [name, look] of Object.entries({ ...looks, own: { light: light.accent, dark: dark.accent } })) {
    for (const colors of [
      { ...light, accent: look.light },
      { ...dark, accent: look.dark },
    ]) {
      const pairs = {
        "text on the ground": [colors.ink, colors.page],
        "text on the card": [colors.ink, colors.card],
        "small text on the ground": [colors.muted, colors.page],
        "small text on the card": [colors.muted, colors.card],
        "a link on the ground": [colors.accent, colors.page],
        "a link on the card": [colors.accent, colors.card],
        "a button's words": [colors.onAccent, colors.accent],
      };
      for (const [pair, [ink = "", ground = ""]] of Object.entries(pairs)) {
        expect(contrastOf(ink, ground), `${name}: ${pair}, ${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

/** WCAG 2.2, 1.4.3. */
function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
