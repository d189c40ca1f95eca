import { z } from "zod";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { bell, markAllRead, markRead, notificationsPage } from "./notifications.server.ts";
import { NotificationsPage, OneNotification } from "./schemas.ts";

export const openBell = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: bell,
});

export const listNotifications = read({
  validate: NotificationsPage,
  authenticate: "session",
  authorize: "self",
  execute: notificationsPage,
});

export const readNotification = write({
  validate: OneNotification,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: markRead,
  refused: {},
});

export const readAllNotifications = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: markAllRead,
  refused: {},
});
