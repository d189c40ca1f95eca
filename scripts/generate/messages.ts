import { keyOf, wordsOf } from "./kinds.ts";
import phrases from "./phrases.json" with { type: "json" };
import type { Resource } from "./spec.ts";

type Phrases = Record<keyof (typeof phrases)["en"], string>;

/** By locale. The interface's words are translated; the resource's own nouns stand in English until somebody translates them. */
export function messagesOf({ area, many, one, fields }: Resource): Record<string, Record<string, string>> {
  const isUsed: Partial<Record<keyof Phrases, boolean>> = {
    not_member: fields.some(({ kind }) => kind.name === "person"),
    not_chosen: fields.some(({ kind, isRequired }) => ["person", "choice"].includes(kind.name) && !isRequired),
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
      const said = Object.entries(words)
        .filter(([key]) => isUsed[key as keyof Phrases] ?? true)
        .map(([key, text]) => [
          key,
          text.replaceAll("{one}", one.words).replaceAll("{lower}", one.words.toLowerCase()),
        ]);
      const all: Record<string, string> = { ...nouns, ...Object.fromEntries(said) };
      return [locale, Object.fromEntries(Object.entries(all).map(([key, text]) => [`${area}_${key}`, text]))];
    }),
  );
}
