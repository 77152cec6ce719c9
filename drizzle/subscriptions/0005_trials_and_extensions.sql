CREATE TABLE "temporary_extensions" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "temporary_extensions_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "trials" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"days" integer NOT NULL,
	"seats" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"on_subscription_id" uuid,
	"converted_on" date,
	"subscription_id" uuid,
	"expiry_told_at" timestamp (3) with time zone,
	"started_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trials_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE UNIQUE INDEX "temporary_extensions_of_term" ON "temporary_extensions" USING btree ("account_id","term_id");
CREATE INDEX "temporary_extensions_subscription_id_index" ON "temporary_extensions" USING btree ("subscription_id");
CREATE UNIQUE INDEX "trials_of_namespace" ON "trials" USING btree ("account_id","namespace_id");
CREATE UNIQUE INDEX "trials_on_subscription" ON "trials" USING btree ("account_id","on_subscription_id") WHERE on_subscription_id is not null;
CREATE INDEX "trials_namespace_id_index" ON "trials" USING btree ("namespace_id");
CREATE INDEX "trials_subscription_id_index" ON "trials" USING btree ("subscription_id");
CREATE INDEX "trials_running" ON "trials" USING btree ("ends_on") WHERE converted_on is null and expiry_told_at is null;
