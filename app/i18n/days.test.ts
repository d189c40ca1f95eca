import { expect, test } from "vitest";
import { HOUR_MS } from "#app/durations.server.ts";
import { dayAfter, dayAt, startOfDay } from "./days.server.ts";
import { parseTimeZone } from "./time-zone.ts";

const at = (day: string, zone: string) => new Date(startOfDay(day, zone)).toISOString();

test("a day begins when clocks in the zone say midnight", () => {
  expect(at("2026-11-23", "UTC")).toBe("2026-11-23T00:00:00.000Z");
  expect(at("2026-11-23", "Europe/Berlin")).toBe("2026-11-22T23:00:00.000Z");
  expect(at("2026-07-23", "Europe/Berlin")).toBe("2026-07-22T22:00:00.000Z");
  expect(at("2026-11-23", "Asia/Kathmandu")).toBe("2026-11-22T18:15:00.000Z");
  expect(at("2026-11-23", "Pacific/Honolulu")).toBe("2026-11-23T10:00:00.000Z");
});

test("where clocks are moved at midnight, a day begins with its first moment", () => {
  expect(at("2026-03-08", "America/Havana"), "the clocks skip from 0:00 to 1:00").toBe("2026-03-08T05:00:00.000Z");
  expect(at("2026-11-01", "America/Havana"), "0:00 comes twice on this day").toBe("2026-11-01T04:00:00.000Z");
  expect(at("2021-10-29", "Asia/Amman"), "0:00 comes twice, east of Greenwich").toBe("2021-10-28T21:00:00.000Z");
  expect(at("2026-03-29", "Asia/Beirut")).toBe("2026-03-28T22:00:00.000Z");
});

test("every instant is within its day, on both days around a change of clocks", () => {
  for (const zone of ["Europe/Berlin", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]) {
    for (let instant = Date.UTC(2026, 0, 1, 0, 30); instant < Date.UTC(2027, 0, 1); instant += HOUR_MS) {
      const day = dayAt(instant, zone);
      const isWithin = startOfDay(day, zone) <= instant && instant < startOfDay(dayAfter(day, 1), zone);
      expect(isWithin, `${zone} ${new Date(instant).toISOString()}`).toBe(true);
    }
  }
});

test("the first and the last day that a form can name have a start and an end in extreme time zones", () => {
  for (const day of ["0000-01-01", "9999-12-31"]) {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Niue"]) {
      expect(Number.isFinite(startOfDay(day, zone))).toBe(true);
      expect(Number.isFinite(startOfDay(dayAfter(day, 1), zone))).toBe(true);
    }
  }
});

test("a time zone is a name that Intl knows, in whatever case, and nothing else", () => {
  expect(parseTimeZone("Europe/Berlin")).toBe("Europe/Berlin");
  expect(parseTimeZone("europe/berlin")).toBe("Europe/Berlin");
  expect(["Asia/Calcutta", "Asia/Kolkata"].map(parseTimeZone), "both names give today's name").toEqual(
    Array(2).fill("Asia/Kolkata"),
  );
  for (const wrong of [
    null,
    undefined,
    7,
    "",
    "Mars/Olympus",
    "+01:00",
    "a".repeat(99),
    "Europe/Berlin; x",
    "../etc",
  ]) {
    expect(parseTimeZone(wrong), String(wrong)).toBeNull();
  }
});
