import { expect, test } from "vitest";
import { withLocale } from "#app/i18n/locale.server.ts";
import { locales } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { waitWords } from "./wait-words.ts";

test("a wait is shown in seconds, minutes or hours, and always rounded up", () => {
  const told = (seconds: number) => waitWords(seconds).replace("Too many attempts. Try again in ", "");
  expect([1, 60, 119].map(told)).toEqual(["1 second.", "60 seconds.", "119 seconds."]);
  expect([120, 121, 3600, 7199].map(told)).toEqual(["2 minutes.", "3 minutes.", "60 minutes.", "120 minutes."]);
  expect([7200, 7201, 86_399, 86_400].map(told)).toEqual(["2 hours.", "3 hours.", "24 hours.", "24 hours."]);
});

test("every language shows a wait of a day as 24 hours", () => {
  for (const locale of locales) {
    const [minute, hour, day] = withLocale(locale, () => [60, 3600, 86_400].map(waitWords));
    expect(day, locale).toMatch(/24|٢٤|२४/);
    expect(new Set([minute, hour, day]).size, locale).toBe(3);
  }
});

test("the error page for a rate limit names no unit of time in any language", () => {
  for (const locale of locales) {
    const words = withLocale(locale, () => m.errors_too_many_description());
    for (const unit of ["second", "minute", "hour", "day"]) {
      const named = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).formatToParts(1);
      const word = named.find(({ type }) => type === "unit")?.value ?? "";
      // Compares only the start of the word, since a sentence can give it any ending.
      expect(words.toLowerCase(), `${locale} ${unit}`).not.toContain(word.toLowerCase().slice(0, 5));
    }
  }
});
