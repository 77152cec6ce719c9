CREATE TABLE "account_copies" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"segment" text NOT NULL,
	"holds" jsonb NOT NULL
);

CREATE TABLE "carried_orders" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"carried_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "carried_orders_account_id_order_id_pk" PRIMARY KEY("account_id","order_id")
);

CREATE TABLE "charges" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"sku" text NOT NULL,
	"kind" text NOT NULL,
	"model" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	CONSTRAINT "charges_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "charges_run_forward" CHECK ("charges"."starts_on" < "charges"."ends_on"),
	CONSTRAINT "charges_of_something" CHECK ("charges"."quantity" > 0)
);

CREATE TABLE "namespace_paths" (
	"path" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL
);

CREATE TABLE "namespace_usage" (
	"account_id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL,
	"seats_in_use" integer NOT NULL,
	CONSTRAINT "namespace_usage_account_id_namespace_id_measured_at_pk" PRIMARY KEY("account_id","namespace_id","measured_at"),
	CONSTRAINT "namespace_usage_counts" CHECK ("namespace_usage"."seats_in_use" >= 0)
);

CREATE TABLE "namespaces" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"path" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "namespaces_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "subscription_versions" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"effective_on" date NOT NULL,
	"standing" text NOT NULL,
	"sku" text NOT NULL,
	"plan_name" text NOT NULL,
	"tier" text NOT NULL,
	"deployment" text NOT NULL,
	"term_id" uuid NOT NULL,
	"is_auto_renew" boolean NOT NULL,
	"namespace_id" uuid,
	"order_id" uuid,
	"action_id" uuid,
	"actor" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscription_versions_account_id_subscription_id_number_pk" PRIMARY KEY("account_id","subscription_id","number")
);

CREATE TABLE "subscriptions" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"namespace_id" uuid,
	"is_base" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "terms" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"months" integer NOT NULL,
	CONSTRAINT "terms_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "terms_run_forward" CHECK ("terms"."starts_on" < "terms"."ends_on")
);

ALTER TABLE "charges" ADD CONSTRAINT "charges_of_version" FOREIGN KEY ("account_id","subscription_id","version_number") REFERENCES "public"."subscription_versions"("account_id","subscription_id","number") ON DELETE no action ON UPDATE no action;
ALTER TABLE "namespace_usage" ADD CONSTRAINT "usage_of_namespace" FOREIGN KEY ("account_id","namespace_id") REFERENCES "public"."namespaces"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "subscription_versions" ADD CONSTRAINT "versions_of_subscription" FOREIGN KEY ("account_id","subscription_id") REFERENCES "public"."subscriptions"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "subscription_versions" ADD CONSTRAINT "versions_speak_of_term" FOREIGN KEY ("account_id","term_id") REFERENCES "public"."terms"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "terms" ADD CONSTRAINT "terms_of_subscription" FOREIGN KEY ("account_id","subscription_id") REFERENCES "public"."subscriptions"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "charges_subscription_id_index" ON "charges" USING btree ("subscription_id");
CREATE INDEX "namespace_usage_namespace_id_measured_at_index" ON "namespace_usage" USING btree ("namespace_id","measured_at");
CREATE INDEX "namespaces_id_index" ON "namespaces" USING btree ("id");
CREATE UNIQUE INDEX "subscription_versions_account_id_id_index" ON "subscription_versions" USING btree ("account_id","id");
CREATE UNIQUE INDEX "subscription_versions_account_id_action_id_index" ON "subscription_versions" USING btree ("account_id","action_id");
CREATE INDEX "subscription_versions_subscription_id_index" ON "subscription_versions" USING btree ("subscription_id");
CREATE INDEX "subscription_versions_account_id_order_id_index" ON "subscription_versions" USING btree ("account_id","order_id");
CREATE INDEX "subscriptions_id_index" ON "subscriptions" USING btree ("id");
CREATE INDEX "subscriptions_name_index" ON "subscriptions" USING btree ("name");
CREATE INDEX "subscriptions_namespace_id_index" ON "subscriptions" USING btree ("namespace_id");
CREATE INDEX "terms_subscription_id_index" ON "terms" USING btree ("subscription_id");

-- What was agreed once is never edited: a correction is a new row.
create trigger terms_kept before update or delete on terms for each row execute function refuse_change();
create trigger subscription_versions_kept before update or delete on subscription_versions for each row execute function refuse_change();
create trigger charges_kept before update or delete on charges for each row execute function refuse_change();
