CREATE INDEX `audit_chain_organization` ON `audit_chain` (`organization_id`);--> statement-breakpoint
CREATE INDEX `audit_entry_target` ON `audit_entry` (`target_id`);--> statement-breakpoint
CREATE INDEX `audit_entry_target_address` ON `audit_entry` (`target_name`) WHERE instr("audit_entry"."target_name", '@') > 0;--> statement-breakpoint
CREATE INDEX `invitation_inviter` ON `invitation` (`inviter_id`);--> statement-breakpoint
CREATE INDEX `email_change_old` ON `email_change` (`old_email`);--> statement-breakpoint
CREATE INDEX `session_expires` ON `session` (`expires_at`);--> statement-breakpoint
CREATE INDEX `session_created` ON `session` (`created_at`);--> statement-breakpoint
CREATE INDEX `verification_value` ON `verification` (`value`);--> statement-breakpoint
-- A person keeps the newest five hundred (`KEPT_PER_PERSON`), so that nobody has to look through all of them for more.
CREATE TRIGGER `notification_added` AFTER INSERT ON `notification` BEGIN
  DELETE FROM `notification` WHERE `id` IN (
    SELECT `id` FROM `notification` WHERE `user_id` = new.`user_id` ORDER BY `created_at` DESC, `id` DESC LIMIT 1 OFFSET 500);
END;
