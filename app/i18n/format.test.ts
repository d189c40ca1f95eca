import { expect, test } from "vitest";
import { formatDayFrom } from "./day-heading.ts";
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatDateTimeInZone,
  formatDay,
  formatNumber,
  formatRelative,
  formatRelativeDays,
} from "./format.ts";
import { withLocale } from "./locale.server.ts";
import { m } from "./messages.ts";

const noon = new Date("2026-11-23T12:00:00Z");
const before = (seconds: number) => new Date(noon.getTime() - seconds * 1000);

test("two parallel requests each use their own language", async () => {
  const say = (locale: "en" | "ar") =>
    withLocale(locale, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return [m.common_sign_in(), formatDate(noon)];
    });
  expect(await Promise.all([say("en"), say("ar")])).toEqual([
    ["Sign in", "Nov 23, 2026"],
    [m.common_sign_in({}, { locale: "ar" }), "23 نوفمبر 2026"],
  ]);
});

test("bytes are shown in decimal units, and never as a thousand of the smaller unit", () => {
  expect([0, 1, 999, 1000, 1_234_567, 999_949, 999_950, 15_000_000_000, 2e16].map(formatBytes)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "1.2 MB",
    "999.9 kB",
    "1 MB",
    "15 GB",
    "20,000 TB",
  ]);
  expect([664_000, 15_000_000_000].map((bytes) => withLocale("ar", () => formatBytes(bytes)))).toEqual([
    "664 ك.ب",
    "15 غ.ب",
  ]);
});

test("numbers and times follow the language", () => {
  expect(formatNumber(1234.5)).toBe("1,234.5");
  expect(formatDateTime(noon)).toBe("Nov 23, 2026, 12:00 PM");
  expect(withLocale("ar", () => formatRelative(before(2 * 86_400), noon))).toBe("أول أمس");
});

test("a relative time uses the largest unit that fits", () => {
  expect([0, 59, 60, 3600, 86_400, 8 * 86_400, -120].map((seconds) => formatRelative(before(seconds), noon))).toEqual([
    "now",
    "now",
    "1 minute ago",
    "1 hour ago",
    "yesterday",
    "1 week ago",
    "in 2 minutes",
  ]);
});

test("words such as yesterday and last year are never used for another day, week, month or year of the calendar", () => {
  const now = new Date("2026-11-25T09:00:00Z");
  const ago = (instant: string) => formatRelative(new Date(instant), now);
  // 47 hours, and by the calendar two days before.
  expect(ago("2026-11-23T10:00:00Z")).toBe("2 days ago");
  expect(withLocale("de", () => ago("2026-11-23T10:00:00Z"))).toBe("vorgestern");
  expect(withLocale("en", () => ago("2026-11-24T08:30:00Z"), { zone: "Pacific/Kiritimati" })).toBe("yesterday");
  expect(withLocale("en", () => ago("2026-11-23T15:30:00Z"), { zone: "Asia/Tokyo" })).toBe("yesterday");
  expect(ago("2026-11-27T08:00:00Z")).toBe("in 2 days");
  expect([ago("2026-11-12T10:00:00Z"), ago("2026-09-30T10:00:00Z"), ago("2024-12-01T10:00:00Z")]).toEqual([
    "1 week ago",
    "1 month ago",
    "1 year ago",
  ]);
  // The day has 25 hours in Berlin, and 23 in spring.
  const autumn = ["2026-10-24T22:10:00Z", "2026-10-25T22:40:00Z"].map((each) => new Date(each)) as [Date, Date];
  expect(withLocale("en", () => formatRelative(...autumn), { zone: "Europe/Berlin" })).toBe("today");
  const spring = ["2026-03-27T22:30:00Z", "2026-03-29T22:10:00Z"].map((each) => new Date(each)) as [Date, Date];
  expect(withLocale("en", () => formatRelative(...spring), { zone: "Europe/Berlin" })).toBe("3 days ago");
});

test("a day is written with the same parts, with its time and without", () => {
  for (const locale of ["de", "ar", "ru", "hi", "zh"] as const) {
    const [day, dayAndTime] = withLocale(locale, () => [formatDate(noon), formatDateTime(noon)]);
    expect(dayAndTime.startsWith(day), `${dayAndTime} begins with ${day}`).toBe(true);
  }
});

test("today and yesterday are named, by the calendar of the reader's zone", () => {
  const now = new Date("2026-11-23T22:30:00Z");
  const say = () => [now, noon, before(86_400), before(2 * 86_400)].map((each) => formatDayFrom(each, now));
  expect(withLocale("en", say)).toEqual(["Today", "Today", "Yesterday", "Nov 21, 2026"]);
  expect(withLocale("en", say, { zone: "Asia/Kathmandu" })).toEqual([
    "Today",
    "Yesterday",
    "Nov 22, 2026",
    "Nov 21, 2026",
  ]);
  expect(withLocale("tr", say).slice(1, 3)).toEqual(["Bugün", "Dün"]);
});

test("the time left is shown as a number of days, and in hours on the last day", () => {
  const left = [29 * 86_400, 8 * 86_400, 86_400, 7200].map((seconds) => formatRelativeDays(before(-seconds), noon));
  expect(left).toEqual(["in 29 days", "in 8 days", "tomorrow", "in 2 hours"]);
});

test("dates in English are written as in the reader's region, numbers and words stay", () => {
  const say = () => [formatDate(noon), formatDateTime(noon), formatDay("2026-11-23"), formatNumber(1234.5)];
  expect(withLocale("en", say)).toEqual(["Nov 23, 2026", "Nov 23, 2026, 12:00 PM", "Nov 23", "1,234.5"]);
  expect(withLocale("en", say, { dates: "en-GB" })).toEqual(["23 Nov 2026", "23 Nov 2026, 12:00", "23 Nov", "1,234.5"]);
});

test("days and times are those of the reader's time zone, and of UTC while there is none", () => {
  const late = new Date("2026-11-23T22:30:00Z");
  const say = () => [formatDate(late), formatDateTime(late), formatDateTimeInZone(late), formatDay("2026-11-23")];
  expect(withLocale("en", say)).toEqual([
    "Nov 23, 2026",
    "Nov 23, 2026, 10:30 PM",
    "Nov 23, 2026, 10:30 PM UTC",
    "Nov 23",
  ]);
  expect(withLocale("en", say, { zone: "Asia/Kathmandu" })).toEqual([
    "Nov 24, 2026",
    "Nov 24, 2026, 4:15 AM",
    "Nov 24, 2026, 4:15 AM GMT+5:45",
    "Nov 23",
  ]);
});
