CREATE TABLE `webhook_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`entry_id` text,
	`event` text NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`claimed_by` text,
	`claimed_until` integer,
	`tried_at` integer,
	`answer_status` integer,
	`answer_ms` integer,
	`fault` text,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`endpoint_id`) REFERENCES `webhook_endpoint`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`entry_id`) REFERENCES `audit_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "webhook_delivery_status" CHECK("webhook_delivery"."status" in ('waiting', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_delivery_entry` ON `webhook_delivery` (`entry_id`,`endpoint_id`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_due` ON `webhook_delivery` (`next_attempt_at`) WHERE "webhook_delivery"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX `webhook_delivery_endpoint_newest` ON `webhook_delivery` (`endpoint_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_claimed` ON `webhook_delivery` (`claimed_by`) WHERE "webhook_delivery"."claimed_by" is not null;--> statement-breakpoint
CREATE INDEX `webhook_delivery_flying` ON `webhook_delivery` (`endpoint_id`,`claimed_until`) WHERE "webhook_delivery"."claimed_until" is not null;--> statement-breakpoint
CREATE INDEX `webhook_delivery_organization` ON `webhook_delivery` (`organization_id`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_created` ON `webhook_delivery` (`created_at`);--> statement-breakpoint
CREATE TABLE `webhook_endpoint` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`created_by` text,
	`url` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`events` text NOT NULL,
	`sees_addresses` integer DEFAULT false NOT NULL,
	`secret_name` text NOT NULL,
	`former_secret_name` text,
	`former_secret_until` integer,
	`failing_since` integer,
	`disabled_at` integer,
	`disabled_because` text,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "webhook_endpoint_url_length" CHECK(length("webhook_endpoint"."url") between 8 and 2048),
	CONSTRAINT "webhook_endpoint_disabled" CHECK(("webhook_endpoint"."disabled_at" is null) = ("webhook_endpoint"."disabled_because" is null))
);
--> statement-breakpoint
CREATE INDEX `webhook_endpoint_organization` ON `webhook_endpoint` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_endpoint_created_by` ON `webhook_endpoint` (`created_by`);--> statement-breakpoint
CREATE INDEX `webhook_endpoint_failing` ON `webhook_endpoint` (`failing_since`) WHERE "webhook_endpoint"."failing_since" is not null;