CREATE TABLE "account_facts" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"organization_id" uuid NOT NULL,
	"segment" text NOT NULL
);

CREATE TABLE "activation_facts" (
	"account_id" uuid NOT NULL,
	"activation_id" uuid NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"activated_at" timestamp (3) with time zone,
	CONSTRAINT "activation_facts_account_id_activation_id_pk" PRIMARY KEY("account_id","activation_id")
);

CREATE TABLE "charge_facts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"order_id" uuid,
	"sku" text NOT NULL,
	"kind" text NOT NULL,
	"tier" text NOT NULL,
	"deployment" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"starts_month" date NOT NULL,
	"ends_month" date NOT NULL,
	"known_from" timestamp (3) with time zone NOT NULL,
	"known_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "charge_facts_account_id_subscription_id_charge_id_version_pk" PRIMARY KEY("account_id","subscription_id","charge_id","version")
);

CREATE TABLE "invoice_facts" (
	"account_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"number" text NOT NULL,
	"order_id" uuid,
	"currency" text NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"settled_on" date,
	CONSTRAINT "invoice_facts_account_id_invoice_id_pk" PRIMARY KEY("account_id","invoice_id")
);

CREATE TABLE "order_facts" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"channel" text,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"fulfilled_at" timestamp (3) with time zone,
	CONSTRAINT "order_facts_account_id_order_id_pk" PRIMARY KEY("account_id","order_id")
);

CREATE TABLE "organization_facts" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"parent_id" uuid
);

CREATE TABLE "receivable_movements" (
	"account_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"moved_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "receivable_movements_account_id_event_id_pk" PRIMARY KEY("account_id","event_id")
);

CREATE TABLE "subscription_facts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "subscription_facts_account_id_subscription_id_pk" PRIMARY KEY("account_id","subscription_id")
);

CREATE TABLE "term_facts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"months" integer NOT NULL,
	CONSTRAINT "term_facts_account_id_subscription_id_starts_on_pk" PRIMARY KEY("account_id","subscription_id","starts_on")
);

CREATE TABLE "usage_facts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"used_on" date NOT NULL,
	"billable" integer NOT NULL,
	"seats" integer NOT NULL,
	CONSTRAINT "usage_facts_account_id_subscription_id_used_on_pk" PRIMARY KEY("account_id","subscription_id","used_on")
);

CREATE INDEX "account_facts_organization_id_index" ON "account_facts" USING btree ("organization_id");
CREATE INDEX "activation_facts_issued_at_index" ON "activation_facts" USING btree ("issued_at");
CREATE INDEX "charge_facts_starts_month_ends_month_index" ON "charge_facts" USING btree ("starts_month","ends_month");
CREATE INDEX "charge_facts_subscription_id_ends_on_index" ON "charge_facts" USING btree ("subscription_id","ends_on");
CREATE INDEX "invoice_facts_issued_on_index" ON "invoice_facts" USING btree ("issued_on");
CREATE INDEX "order_facts_placed_at_index" ON "order_facts" USING btree ("placed_at");
CREATE INDEX "receivable_movements_moved_on_index" ON "receivable_movements" USING btree ("moved_on");
CREATE INDEX "term_facts_ends_on_index" ON "term_facts" USING btree ("ends_on");
CREATE INDEX "usage_facts_used_on_index" ON "usage_facts" USING btree ("used_on");
