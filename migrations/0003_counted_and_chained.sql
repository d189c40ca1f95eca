CREATE TRIGGER `member_added` AFTER INSERT ON `member` BEGIN
  UPDATE `organization` SET `member_count` = `member_count` + 1 WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `member_removed` AFTER DELETE ON `member` BEGIN
  UPDATE `organization` SET `member_count` = `member_count` - 1 WHERE `id` = old.`organization_id`;
END;
--> statement-breakpoint
UPDATE `organization` SET `member_count` = (SELECT count(*) FROM `member` WHERE `organization_id` = `organization`.`id`);
--> statement-breakpoint
-- Each entry gets its place in its chain: the organization's, or the person's own. What seals it comes later.
CREATE TRIGGER `audit_entry_chained` AFTER INSERT ON `audit_entry` BEGIN
  INSERT INTO `audit_chain` (`id`, `organization_id`, `entries`, `hash`)
    VALUES (coalesce(new.`organization_id`, new.`actor_id`), new.`organization_id`, 1, '')
    ON CONFLICT (`id`) DO UPDATE SET `entries` = `entries` + 1;
  UPDATE `audit_entry` SET
    `sequence` = (SELECT `entries` FROM `audit_chain` WHERE `id` = coalesce(new.`organization_id`, new.`actor_id`)),
    `ip_salt` = lower(hex(randomblob(16))),
    `target_salt` = lower(hex(randomblob(16)))
    WHERE `id` = new.`id`;
END;
--> statement-breakpoint
-- Entries from before join their chains by being written again, in the order of their time.
CREATE TABLE `__earlier_entry` AS
  SELECT `id`, `organization_id`, `actor_id`, `action`, `target_id`, `target_name`, `before`, `after`, `ip_address`, `created_at` FROM `audit_entry`;
--> statement-breakpoint
DELETE FROM `audit_entry`;
--> statement-breakpoint
DELETE FROM `activity_day`;
--> statement-breakpoint
INSERT INTO `audit_entry` (`id`, `organization_id`, `actor_id`, `action`, `target_id`, `target_name`, `before`, `after`, `ip_address`, `created_at`)
  SELECT * FROM `__earlier_entry` ORDER BY `created_at`, `id`;
--> statement-breakpoint
DROP TABLE `__earlier_entry`;
--> statement-breakpoint
-- However a session begins, it is written down.
CREATE TRIGGER `session_started` AFTER INSERT ON `session` BEGIN
  INSERT INTO `audit_entry` (`id`, `actor_id`, `action`, `ip_address`, `created_at`)
    VALUES (lower(hex(randomblob(16))), new.`user_id`, 'session.started', new.`ip_address`, new.`created_at`);
END;
