CREATE TABLE "order_instalments" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"invoiced_on" date NOT NULL,
	"invoice_id" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone,
	"posted_at" timestamp (3) with time zone,
	CONSTRAINT "order_instalments_account_id_order_id_invoiced_on_pk" PRIMARY KEY("account_id","order_id","invoiced_on")
);

CREATE TABLE "approval_rules" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"measure" text NOT NULL,
	"exceeds" integer NOT NULL,
	"exceeds_amount" jsonb,
	"is_another_needed" boolean NOT NULL,
	"is_in_force" boolean NOT NULL
);

CREATE TABLE "opportunities" (
	"account_id" uuid NOT NULL,
	"opportunity_id" text NOT NULL,
	"primary_quote_id" uuid NOT NULL,
	CONSTRAINT "opportunities_account_id_opportunity_id_pk" PRIMARY KEY("account_id","opportunity_id")
);

CREATE TABLE "quote_lines" (
	"account_id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"sku" text NOT NULL,
	"kind" text NOT NULL,
	"model" text NOT NULL,
	"description" text NOT NULL,
	"quantity" integer NOT NULL,
	"currency" text NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"days" integer,
	"amount_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_working" text NOT NULL,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"invoiced_on" date,
	CONSTRAINT "quote_lines_account_id_quote_id_position_pk" PRIMARY KEY("account_id","quote_id","position")
);

CREATE TABLE "quotes" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"opportunity_id" text,
	"is_primary" boolean NOT NULL,
	"actions" jsonb NOT NULL,
	"discount_basis_points" integer NOT NULL,
	"discount_amount" jsonb,
	"payment_terms_days" integer NOT NULL,
	"term_months" integer NOT NULL,
	"priced_on" date NOT NULL,
	"expires_on" date NOT NULL,
	"currency" text NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"metrics" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	"approval_state" text NOT NULL,
	"approval_reasons" jsonb NOT NULL,
	"approval_needs_another" boolean NOT NULL,
	"approval_by" text,
	"approval_at" timestamp (3) with time zone,
	"approval_reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"accepted_at" timestamp (3) with time zone,
	"terms_accepted_by" text,
	"order_id" uuid,
	CONSTRAINT "quotes_account_id_id_pk" PRIMARY KEY("account_id","id")
);

ALTER TABLE "order_lines" ADD COLUMN "invoiced_on" date;
ALTER TABLE "orders" ADD COLUMN "quote_id" uuid;
ALTER TABLE "orders" ADD COLUMN "metrics" jsonb;
CREATE INDEX "order_instalments_invoice_id_index" ON "order_instalments" USING btree ("invoice_id");
CREATE INDEX "order_instalments_open" ON "order_instalments" USING btree ("invoiced_on") WHERE posted_at is null;
CREATE INDEX "quote_lines_quote_id_index" ON "quote_lines" USING btree ("quote_id");
CREATE INDEX "quotes_id_index" ON "quotes" USING btree ("id");
CREATE INDEX "quotes_approval_state_id_index" ON "quotes" USING btree ("approval_state","id");
CREATE INDEX "quotes_account_id_opportunity_id_index" ON "quotes" USING btree ("account_id","opportunity_id");
INSERT INTO "approval_rules" ("code", "name", "measure", "exceeds", "exceeds_amount", "is_another_needed", "is_in_force") VALUES
	('discount', 'Discount', 'DISCOUNT', 1000, NULL, false, true),
	('long-term', 'Long term', 'TERM', 36, NULL, false, true),
	('late-payment', 'Late payment', 'PAYMENT_TERMS', 45, NULL, false, true),
	('large-usd', 'Large deal', 'AMOUNT', 0, '{"amount": "500000.00", "currency": "USD"}', false, true),
	('large-eur', 'Large deal', 'AMOUNT', 0, '{"amount": "500000.00", "currency": "EUR"}', false, true)
ON CONFLICT DO NOTHING;
