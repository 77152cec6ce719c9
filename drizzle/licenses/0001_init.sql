CREATE TABLE "account_copies" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"company_name" text NOT NULL,
	"sold_to_name" text NOT NULL,
	"sold_to_email" text NOT NULL
);

CREATE TABLE "account_gates" (
	"account_id" uuid PRIMARY KEY NOT NULL
);

CREATE TABLE "activation_codes" (
	"code_digest" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL
);

CREATE TABLE "activations" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"code" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "activations_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "deliveries" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"attempt" integer NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"recipient" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "delivery_subscriptions" (
	"account_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	CONSTRAINT "delivery_subscriptions_account_id_delivery_id_subscription_id_pk" PRIMARY KEY("account_id","delivery_id","subscription_id")
);

CREATE TABLE "entitlement_grants" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"namespace_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "entitlement_grants_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "instances" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"identifier" text NOT NULL,
	"hostname" text NOT NULL,
	"version" text NOT NULL,
	"activated_at" timestamp (3) with time zone NOT NULL,
	"last_sync_at" timestamp (3) with time zone,
	CONSTRAINT "instances_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "license_requests" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"attempt" integer NOT NULL,
	"state" text NOT NULL,
	"grants" jsonb NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"granted_at" timestamp (3) with time zone,
	CONSTRAINT "license_requests_account_id_order_id_pk" PRIMARY KEY("account_id","order_id")
);

CREATE TABLE "licenses" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"generated_from" text NOT NULL,
	"subscription_name" text NOT NULL,
	"company_name" text NOT NULL,
	"plan" text NOT NULL,
	"seats" integer NOT NULL,
	"starts_on" date NOT NULL,
	"expires_on" date NOT NULL,
	"grace_days" integer NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "licenses_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "seat_reports" (
	"account_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"used_on" date NOT NULL,
	"subscription_id" uuid NOT NULL,
	"license_id" uuid NOT NULL,
	"term_starts_on" date NOT NULL,
	"billable_users" integer NOT NULL,
	"max_historical_users" integer NOT NULL,
	"peak_users" integer NOT NULL,
	"seats" integer NOT NULL,
	"add_ons" jsonb NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seat_reports_account_id_instance_id_used_on_pk" PRIMARY KEY("account_id","instance_id","used_on")
);

CREATE TABLE "subscription_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"sku" text NOT NULL,
	"plan_name" text NOT NULL,
	"tier" text NOT NULL,
	"deployment" text NOT NULL,
	"term_starts_on" date NOT NULL,
	"term_ends_on" date NOT NULL,
	"term_months" integer NOT NULL,
	"cancelled_on" date,
	"namespace_id" uuid,
	"charges" jsonb NOT NULL,
	CONSTRAINT "subscription_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "subscription_orders" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	CONSTRAINT "subscription_orders_account_id_order_id_subscription_id_pk" PRIMARY KEY("account_id","order_id","subscription_id")
);

ALTER TABLE "delivery_subscriptions" ADD CONSTRAINT "delivery_subscriptions_account_id_delivery_id_deliveries_account_id_id_fk" FOREIGN KEY ("account_id","delivery_id") REFERENCES "public"."deliveries"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "instances" ADD CONSTRAINT "instances_account_id_activation_id_activations_account_id_id_fk" FOREIGN KEY ("account_id","activation_id") REFERENCES "public"."activations"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "licenses" ADD CONSTRAINT "licenses_account_id_activation_id_activations_account_id_id_fk" FOREIGN KEY ("account_id","activation_id") REFERENCES "public"."activations"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "seat_reports" ADD CONSTRAINT "seat_reports_account_id_instance_id_instances_account_id_id_fk" FOREIGN KEY ("account_id","instance_id") REFERENCES "public"."instances"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "activations_subscription" ON "activations" USING btree ("account_id","subscription_id");
CREATE INDEX "activations_id" ON "activations" USING btree ("id");
CREATE INDEX "activations_by_subscription" ON "activations" USING btree ("subscription_id");
CREATE INDEX "deliveries_id" ON "deliveries" USING btree ("id");
CREATE UNIQUE INDEX "deliveries_order" ON "deliveries" USING btree ("account_id","order_id");
CREATE INDEX "delivery_subscriptions_by_subscription" ON "delivery_subscriptions" USING btree ("subscription_id","delivery_id");
CREATE UNIQUE INDEX "entitlement_grants_subscription" ON "entitlement_grants" USING btree ("account_id","subscription_id");
CREATE UNIQUE INDEX "instances_identifier" ON "instances" USING btree ("account_id","activation_id","identifier");
CREATE INDEX "instances_by_activation" ON "instances" USING btree ("activation_id","id");
CREATE INDEX "license_requests_waiting" ON "license_requests" USING btree ("account_id") WHERE state = 'WAITING';
CREATE INDEX "licenses_id" ON "licenses" USING btree ("id");
CREATE UNIQUE INDEX "licenses_revision" ON "licenses" USING btree ("account_id","activation_id","revision");
CREATE INDEX "licenses_by_subscription" ON "licenses" USING btree ("subscription_id","revision");
CREATE INDEX "seat_reports_by_subscription" ON "seat_reports" USING btree ("subscription_id","used_on");
CREATE INDEX "subscription_copies_id" ON "subscription_copies" USING btree ("id");
CREATE INDEX "subscription_copies_start" ON "subscription_copies" USING btree ("account_id","term_starts_on");
