UPDATE `session` SET `proven_at` = `created_at`, `last_seen_at` = `updated_at`;
--> statement-breakpoint
DROP TRIGGER `session_started`;
--> statement-breakpoint
-- However a session begins, it is written down, and whoever has signed in before hears of a device that is new.
CREATE TRIGGER `session_started` AFTER INSERT ON `session` BEGIN
  INSERT INTO `audit_entry` (`id`, `actor_id`, `action`, `after`, `ip_address`, `created_at`)
    VALUES (lower(hex(randomblob(16))), new.`user_id`, 'session.started', json_object('method', new.`method`), new.`ip_address`, new.`created_at`);
  INSERT INTO `mail` (`id`, `recipient`, `locale`, `template`, `data`, `next_attempt_at`)
    SELECT lower(hex(randomblob(16))), `email`, coalesce(`locale`, 'en'), 'new-device',
      json_object('userAgent', new.`user_agent`, 'ipAddress', new.`ip_address`, 'at', new.`created_at`), 0
    FROM `user` WHERE `id` = new.`user_id` AND new.`device_hash` IS NOT NULL
      AND EXISTS (SELECT 1 FROM `known_device` WHERE `user_id` = new.`user_id`)
      AND NOT EXISTS (SELECT 1 FROM `known_device` WHERE `user_id` = new.`user_id` AND `device_hash` = new.`device_hash`);
  INSERT INTO `known_device` (`user_id`, `device_hash`, `last_seen_at`)
    SELECT new.`user_id`, new.`device_hash`, new.`created_at` WHERE new.`device_hash` IS NOT NULL
    ON CONFLICT (`user_id`, `device_hash`) DO UPDATE SET `last_seen_at` = excluded.`last_seen_at`;
END;
