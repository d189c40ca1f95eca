CREATE TABLE `failed_attempt` (
	`user_id` text NOT NULL,
	`method` text NOT NULL,
	`network` text NOT NULL,
	`day` text NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `day`, `method`, `network`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `failed_attempt_newest` ON `failed_attempt` (`user_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `failed_attempt_last` ON `failed_attempt` (`last_at`);--> statement-breakpoint
CREATE INDEX `mail_recipient` ON `mail` (`recipient`,`created_at`);
--> statement-breakpoint
DROP TRIGGER `session_started`;
--> statement-breakpoint
-- However a session begins, it is written down, and whoever has signed in before hears of a device that is new. A device is known
-- once all factors were given on it: the password alone does not make somebody else's device one of the person's own.
CREATE TRIGGER `session_started` AFTER INSERT ON `session` BEGIN
  INSERT INTO `audit_entry` (`id`, `actor_id`, `action`, `after`, `ip_address`, `created_at`)
    VALUES (lower(hex(randomblob(16))), new.`user_id`, 'session.started', json_object('method', new.`method`), new.`ip_address`, new.`created_at`);
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
--> statement-breakpoint
CREATE TRIGGER `session_completed` AFTER UPDATE OF `factors` ON `session`
WHEN new.`factors` > old.`factors` AND new.`device_hash` IS NOT NULL BEGIN
  INSERT INTO `known_device` (`user_id`, `device_hash`, `last_seen_at`) VALUES (new.`user_id`, new.`device_hash`, new.`proven_at`)
    ON CONFLICT (`user_id`, `device_hash`) DO UPDATE SET `last_seen_at` = excluded.`last_seen_at`;
END;
