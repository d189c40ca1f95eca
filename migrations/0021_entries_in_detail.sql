ALTER TABLE `audit_chain` ADD `check_started_at` integer;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `check_ended_at` integer;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `check_place` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `check_hash` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `check_fault` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `user_agent` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `request_id` text;