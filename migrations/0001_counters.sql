-- Figures that a page shows are kept where they change, in the same transaction, so no reader counts rows.
CREATE TRIGGER `image_added` AFTER INSERT ON `image` BEGIN
  UPDATE `organization` SET `image_count` = `image_count` + 1, `storage_used` = `storage_used` + new.`size` WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `image_removed` AFTER DELETE ON `image` BEGIN
  UPDATE `organization` SET `image_count` = `image_count` - 1, `storage_used` = `storage_used` - old.`size` WHERE `id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `audit_entry_added` AFTER INSERT ON `audit_entry` WHEN new.`organization_id` IS NOT NULL BEGIN
  INSERT INTO `activity_day` (`organization_id`, `day`, `count`) VALUES (new.`organization_id`, date(new.`created_at` / 1000, 'unixepoch'), 1)
  ON CONFLICT (`organization_id`, `day`) DO UPDATE SET `count` = `count` + 1;
END;
