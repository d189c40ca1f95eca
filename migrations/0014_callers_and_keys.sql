CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`digest` text NOT NULL,
	`former_digest` text,
	`former_until` integer,
	`permissions` text NOT NULL,
	`created_by` text,
	`last_used_at` integer,
	`expires_at` integer,
	`warned_at` integer,
	`revoked_at` integer,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "api_key_name_length" CHECK(length("api_key"."name") between 1 and 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_digest_unique` ON `api_key` (`digest`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_former_digest_unique` ON `api_key` (`former_digest`);--> statement-breakpoint
CREATE INDEX `api_key_organization_newest` ON `api_key` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `api_key_created_by` ON `api_key` (`created_by`);--> statement-breakpoint
CREATE INDEX `api_key_expires` ON `api_key` (`expires_at`) WHERE "api_key"."revoked_at" is null and "api_key"."warned_at" is null;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `actor_kind` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `via` text;--> statement-breakpoint
ALTER TABLE `image` ADD `created_by_key` text;--> statement-breakpoint
ALTER TABLE `invitation` ADD `inviter_key_id` text;
--> statement-breakpoint
DROP TRIGGER `session_started`;
--> statement-breakpoint
-- As before, and the entry says that a person did it.
CREATE TRIGGER `session_started` AFTER INSERT ON `session` BEGIN
  INSERT INTO `audit_entry` (`id`, `actor_id`, `actor_kind`, `action`, `after`, `ip_address`, `created_at`)
    VALUES (lower(hex(randomblob(16))), new.`user_id`, 'person', 'session.started', json_object('method', new.`method`), new.`ip_address`, new.`created_at`);
  INSERT INTO `mail` (`id`, `recipient`, `locale`, `template`, `data`, `next_attempt_at`)
    SELECT lower(hex(randomblob(16))), `email`, coalesce(`locale`, 'en'), 'new-device',
      json_object('userAgent', new.`user_agent`, 'ipAddress', new.`ip_address`, 'at', new.`created_at`), 0
    FROM `user` WHERE `id` = new.`user_id` AND new.`device_hash` IS NOT NULL
      AND EXISTS (SELECT 1 FROM `known_device` WHERE `user_id` = new.`user_id`)
      AND NOT EXISTS (SELECT 1 FROM `known_device` WHERE `user_id` = new.`user_id` AND `device_hash` = new.`device_hash`)
      AND (SELECT count(*) FROM `mail` AS `lately` WHERE `lately`.`recipient` = `user`.`email`
        AND `lately`.`template` = 'new-device' AND `lately`.`created_at` > new.`created_at` - 86400000) < 10;
  INSERT INTO `known_device` (`user_id`, `device_hash`, `last_seen_at`)
    SELECT new.`user_id`, new.`device_hash`, new.`created_at` WHERE new.`device_hash` IS NOT NULL
      AND (new.`factors` > 1 OR NOT EXISTS (SELECT 1 FROM `authenticator` WHERE `authenticator`.`user_id` = new.`user_id`))
    ON CONFLICT (`user_id`, `device_hash`) DO UPDATE SET `last_seen_at` = excluded.`last_seen_at`;
END;
