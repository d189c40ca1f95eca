import { MARK } from "../../app/i18n/untranslated.ts";
import { keyOf, wordsOf } from "./kinds.ts";
import phrases from "./phrases.json" with { type: "json" };
import type { Resource } from "./spec.ts";

type Phrases = Record<keyof (typeof phrases)["en"], string>;

/** Returns messages by locale. General words are translated; texts with the resource's own nouns are marked as untranslated. */
export function messagesOf({
  area,
  many,
  one,
  fields,
  hasNotifications,
}: Resource): Record<string, Record<string, string>> {
  const hasRows = fields.some(({ kind }) => kind.name === "row");
  const isUsed: Partial<Record<keyof Phrases, boolean>> = {
    not_member: fields.some(({ kind }) => kind.name === "person"),
    told_added: hasNotifications,
    not_chosen: fields.some(({ kind, isRequired }) => ["person", "choice", "row"].includes(kind.name) && !isRequired),
    choose: fields.some(({ kind, isRequired }) => kind.name === "row" && isRequired),
    taken: fields.some(({ kind }) => kind.name === "line" && kind.isUnique),
    missing: hasRows,
    none_to_choose: hasRows,
    newest_only: hasRows,
    tags_hint: fields.some(({ kind }) => kind.name === "tags"),
    yes: fields.some(({ kind }) => kind.name === "tick"),
    no: fields.some(({ kind }) => kind.name === "tick"),
  };
  const nouns = {
    place: many.words,
    ...Object.fromEntries(
      fields.flatMap(({ name, kind }) => [
        [keyOf(name), wordsOf(name)],
        ...(kind.name === "choice"
          ? kind.choices.map((each) => [`${keyOf(name)}_${each.replaceAll("-", "_")}`, wordsOf(each)])
          : []),
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(phrases as Record<string, Phrases>).map(([locale, words]) => {
      const mark = locale === "en" ? "" : MARK;
      const marked = Object.entries(nouns).map(([key, text]) => [key, mark + text]);
      const said = Object.entries(words)
        .filter(([key]) => isUsed[key as keyof Phrases] ?? true)
        .map(([key, text]) => [
          key,
          (/\{(one|lower)\}/.test(text) ? mark : "") +
            text.replaceAll("{one}", one.words).replaceAll("{lower}", one.words.toLowerCase()),
        ]);
      const all: Record<string, string> = { ...Object.fromEntries(marked), ...Object.fromEntries(said) };
      return [locale, Object.fromEntries(Object.entries(all).map(([key, text]) => [`${area}_${key}`, text]))];
    }),
  );
}
