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
-- Each entry is linked to the one before it in its chain: the organization's, or the person's own. `npm run audit:verify`
-- computes the same from the outside. What names a person enters as a salted digest, so that it can be erased later.
CREATE TRIGGER `audit_entry_chained` AFTER INSERT ON `audit_entry` BEGIN
  INSERT INTO `audit_chain` (`id`, `organization_id`, `entries`, `hash`)
    VALUES (coalesce(new.`organization_id`, new.`actor_id`), new.`organization_id`, 0, '') ON CONFLICT (`id`) DO NOTHING;
  UPDATE `audit_entry` SET
    `sequence` = (SELECT `entries` + 1 FROM `audit_chain` WHERE `id` = coalesce(new.`organization_id`, new.`actor_id`)),
    `ip_salt` = lower(hex(randomblob(16))),
    `target_salt` = lower(hex(randomblob(16)))
    WHERE `id` = new.`id`;
  UPDATE `audit_entry` SET
    `ip_digest` = lower(hex(sha3(json_array(`ip_salt`, `ip_address`), 256))),
    `target_digest` = lower(hex(sha3(json_array(`target_salt`, `target_name`, `before`, `after`), 256)))
    WHERE `id` = new.`id`;
  UPDATE `audit_entry` SET
    `hash` = lower(hex(sha3(json_array(
      (SELECT `hash` FROM `audit_chain` WHERE `id` = coalesce(new.`organization_id`, new.`actor_id`)),
      `sequence`, `id`, coalesce(`organization_id`, `actor_id`), `actor_id`, `action`, `target_id`, `created_at`, `ip_digest`, `target_digest`
    ), 256)))
    WHERE `id` = new.`id`;
  UPDATE `audit_chain` SET
    `entries` = `entries` + 1,
    `hash` = (SELECT `hash` FROM `audit_entry` WHERE `id` = new.`id`)
    WHERE `id` = coalesce(new.`organization_id`, new.`actor_id`);
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
