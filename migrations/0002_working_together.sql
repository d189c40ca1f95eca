-- Invitations from before have no link, so theirs gets a hash that no token has; sending again gives them one.
CREATE TABLE `audit_chain` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text,
	`entries` integer NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `notification` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`organization_id` text,
	`organization_name` text NOT NULL,
	`actor_id` text,
	`role` text,
	`invitation_id` text,
	`read_at` integer,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`actor_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitation`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "notification_role" CHECK("notification"."role" is null or "notification"."role" in ('member', 'admin', 'owner'))
);
--> statement-breakpoint
CREATE INDEX `notification_user_newest` ON `notification` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `notification_user_unread` ON `notification` (`user_id`) WHERE "notification"."read_at" is null;--> statement-breakpoint
CREATE INDEX `notification_read_at` ON `notification` (`read_at`);--> statement-breakpoint
CREATE INDEX `notification_organization` ON `notification` (`organization_id`);--> statement-breakpoint
CREATE INDEX `notification_actor` ON `notification` (`actor_id`);--> statement-breakpoint
CREATE INDEX `notification_invitation` ON `notification` (`invitation_id`);--> statement-breakpoint
CREATE TABLE `former_slug` (
	`slug` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`held_until` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_slug_organization` ON `former_slug` (`organization_id`);--> statement-breakpoint
CREATE INDEX `former_slug_held_until` ON `former_slug` (`held_until`);--> statement-breakpoint
CREATE TABLE `removed_organization` (
	`id` text PRIMARY KEY NOT NULL,
	`removed_at` integer NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`inviter_id` text,
	`mail_id` text,
	`expires_at` integer NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`inviter_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`mail_id`) REFERENCES `mail`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "invitation_role" CHECK("__new_invitation"."role" in ('member', 'admin', 'owner')),
	CONSTRAINT "invitation_status" CHECK("__new_invitation"."status" in ('pending', 'accepted', 'declined', 'revoked', 'expired'))
);
--> statement-breakpoint
INSERT INTO `__new_invitation`("id", "token_hash", "organization_id", "email", "role", "status", "inviter_id", "mail_id", "expires_at", "created_at") SELECT "id", lower(hex(randomblob(32))), "organization_id", "email", "role", "status", "inviter_id", NULL, "expires_at", "created_at" FROM `invitation`;--> statement-breakpoint
DROP TABLE `invitation`;--> statement-breakpoint
ALTER TABLE `__new_invitation` RENAME TO `invitation`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_token_hash_unique` ON `invitation` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_pending_email` ON `invitation` (`organization_id`,`email`) WHERE "invitation"."status" = 'pending';--> statement-breakpoint
CREATE INDEX `invitation_organization_status` ON `invitation` (`organization_id`,`status`,`expires_at`);--> statement-breakpoint
CREATE INDEX `invitation_email_status` ON `invitation` (`email`,`status`,`expires_at`);--> statement-breakpoint
CREATE INDEX `invitation_status_expires` ON `invitation` (`status`,`expires_at`);--> statement-breakpoint
CREATE INDEX `invitation_mail` ON `invitation` (`mail_id`);--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `sequence` integer;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `hash` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `ip_salt` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `ip_digest` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `target_salt` text;--> statement-breakpoint
ALTER TABLE `audit_entry` ADD `target_digest` text;--> statement-breakpoint
CREATE INDEX `audit_entry_organization_actor` ON `audit_entry` (`organization_id`,`actor_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entry_organization_action` ON `audit_entry` (`organization_id`,`action`,`created_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entry_organization_sequence` ON `audit_entry` (`organization_id`,`sequence`);--> statement-breakpoint
ALTER TABLE `organization` ADD `member_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `organization` ADD `member_limit` integer DEFAULT 100 NOT NULL;--> statement-breakpoint
CREATE INDEX `mail_created` ON `mail` (`created_at`);--> statement-breakpoint
CREATE INDEX `member_organization_last_active` ON `member` (`organization_id`,`last_active_at`);--> statement-breakpoint
CREATE INDEX `member_organization_rank` ON `member` (`organization_id`,case "role" when 'owner' then 0 when 'admin' then 1 else 2 end,`created_at`,`id`);