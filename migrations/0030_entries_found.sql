CREATE INDEX `audit_entry_organization_address` ON `audit_entry` (`organization_id`,`ip_address`);--> statement-breakpoint
-- The form is made with the seal, after the answer (`audit/entry-search.server.ts`); entries from before get theirs by the schedule.
INSERT INTO `search_text` (`kind`, `id`, `organization_id`)
  SELECT 'entry', `id`, `organization_id` FROM `audit_entry` WHERE `organization_id` IS NOT NULL ORDER BY `created_at`, `id`;
--> statement-breakpoint
CREATE TRIGGER `audit_entry_searched` AFTER INSERT ON `audit_entry` WHEN new.`organization_id` IS NOT NULL BEGIN
  INSERT INTO `search_text` (`kind`, `id`, `organization_id`) VALUES ('entry', new.`id`, new.`organization_id`);
END;
--> statement-breakpoint
-- A name that is taken from the log is taken from what finds it.
CREATE TRIGGER `audit_entry_search_changed` AFTER UPDATE OF `target_name` ON `audit_entry` WHEN new.`target_name` IS NOT old.`target_name` BEGIN
  UPDATE `search_text` SET `form` = NULL WHERE `kind` = 'entry' AND `id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `audit_entry_search_ended` AFTER DELETE ON `audit_entry` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'entry' AND `id` = old.`id`;
END;
