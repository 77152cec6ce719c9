CREATE TABLE "namespace_measurements" (
	"account_id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"seats_in_use" integer NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "namespace_measurements_account_id_namespace_id_pk" PRIMARY KEY("account_id","namespace_id")
);

CREATE TABLE "offered_products" (
	"sku" text NOT NULL,
	"valid_from" date NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"tier" text,
	"deployment" text,
	"prices" jsonb NOT NULL,
	CONSTRAINT "offered_products_sku_valid_from_pk" PRIMARY KEY("sku","valid_from")
);

CREATE TABLE "resold_subscriptions" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	CONSTRAINT "resold_subscriptions_account_id_subscription_id_pk" PRIMARY KEY("account_id","subscription_id")
);

ALTER TABLE "account_copies" ADD COLUMN "currency" text;
ALTER TABLE "account_copies" ADD COLUMN "segment" text;
ALTER TABLE "account_copies" ADD COLUMN "holds" jsonb;
ALTER TABLE "account_copies" ADD COLUMN "has_master_agreement" boolean;
CREATE INDEX "namespace_measurements_namespace" ON "namespace_measurements" USING btree ("namespace_id");
