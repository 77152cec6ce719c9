CREATE TABLE "price_book_entries" (
	"charge_code" text NOT NULL,
	"currency" text NOT NULL,
	"channel" text NOT NULL,
	"valid_from" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "price_book_entries_charge_code_channel_currency_valid_from_pk" PRIMARY KEY("charge_code","channel","currency","valid_from")
);

CREATE TABLE "products" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"tier" text,
	"deployment" text,
	CONSTRAINT "products_sku_unique" UNIQUE("sku")
);

CREATE TABLE "rate_plan_charges" (
	"code" text PRIMARY KEY NOT NULL,
	"rate_plan_code" text NOT NULL,
	"model" text NOT NULL,
	"shape" text NOT NULL,
	"lasts_months" integer
);

CREATE TABLE "rate_plans" (
	"code" text PRIMARY KEY NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL
);

CREATE TABLE "restricted_parties" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"reason" text NOT NULL,
	"listed_on" date NOT NULL,
	CONSTRAINT "restricted_parties_kind_value_pk" PRIMARY KEY("kind","value")
);

CREATE TABLE "account_copies" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"organization_name" text NOT NULL,
	"currency" text NOT NULL,
	"selling_entity" text NOT NULL,
	"payment_terms_days" integer NOT NULL,
	"is_tax_exempt" boolean NOT NULL,
	"vat_id" text,
	"holds" jsonb NOT NULL,
	"bill_to_name" text NOT NULL,
	"bill_to_country" text NOT NULL,
	"sold_to_name" text NOT NULL,
	"sold_to_country" text NOT NULL
);

CREATE TABLE "namespace_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "namespace_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "subscription_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"plan_sku" text NOT NULL,
	"plan_name" text NOT NULL,
	"plan_tier" text NOT NULL,
	"plan_deployment" text NOT NULL,
	"term_starts_on" date NOT NULL,
	"term_ends_on" date NOT NULL,
	"term_months" integer NOT NULL,
	"is_auto_renew" boolean NOT NULL,
	"namespace_id" uuid,
	"charges" jsonb NOT NULL,
	CONSTRAINT "subscription_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "order_actions" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"subscription_id" uuid NOT NULL,
	"subscription_name" text,
	"sku" text NOT NULL,
	"quantity" integer NOT NULL,
	"effective_on" date NOT NULL,
	"plan_sku" text NOT NULL,
	"plan_name" text NOT NULL,
	"plan_tier" text NOT NULL,
	"plan_deployment" text NOT NULL,
	"term_starts_on" date NOT NULL,
	"term_ends_on" date NOT NULL,
	"term_months" integer NOT NULL,
	"is_auto_renew" boolean NOT NULL,
	"namespace_id" uuid,
	CONSTRAINT "order_actions_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "order_lines" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"action_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
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
	CONSTRAINT "order_lines_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "order_steps" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"failures" integer NOT NULL,
	"last_error" text,
	"requested_at" timestamp (3) with time zone,
	"next_retry_at" timestamp (3) with time zone,
	"answer_due_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "order_steps_account_id_order_id_kind_pk" PRIMARY KEY("account_id","order_id","kind")
);

CREATE TABLE "order_timeline" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"house" text NOT NULL,
	"kind" text NOT NULL,
	"step" text,
	"detail" text NOT NULL,
	CONSTRAINT "order_timeline_account_id_order_id_position_pk" PRIMARY KEY("account_id","order_id","position")
);

CREATE TABLE "orders" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"state" text NOT NULL,
	"channel" text NOT NULL,
	"deal_type" text NOT NULL,
	"selling_entity" text NOT NULL,
	"currency" text NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"payment_method_id" uuid,
	"payment_id" uuid,
	"payment_terms_days" integer NOT NULL,
	"po_number" text,
	"invoice_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"fulfilled_at" timestamp (3) with time zone,
	"correlation_id" text NOT NULL,
	"timeline_length" integer NOT NULL,
	CONSTRAINT "orders_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE INDEX "rate_plan_charges_rate_plan_code_index" ON "rate_plan_charges" USING btree ("rate_plan_code");
CREATE INDEX "rate_plans_sku_index" ON "rate_plans" USING btree ("sku");
CREATE INDEX "namespace_copies_id_index" ON "namespace_copies" USING btree ("id");
CREATE INDEX "subscription_copies_name_index" ON "subscription_copies" USING btree ("name");
CREATE INDEX "subscription_copies_namespace_id_index" ON "subscription_copies" USING btree ("namespace_id");
CREATE INDEX "order_actions_order_id_index" ON "order_actions" USING btree ("order_id");
CREATE INDEX "order_actions_subscription_id_index" ON "order_actions" USING btree ("subscription_id");
CREATE INDEX "order_lines_order_id_index" ON "order_lines" USING btree ("order_id");
CREATE INDEX "order_steps_order_id_index" ON "order_steps" USING btree ("order_id");
CREATE INDEX "order_steps_awaited" ON "order_steps" USING btree ("answer_due_at") WHERE state = 'RUNNING';
CREATE INDEX "order_timeline_order_id_index" ON "order_timeline" USING btree ("order_id");
CREATE INDEX "orders_id_index" ON "orders" USING btree ("id");
CREATE INDEX "orders_number_index" ON "orders" USING btree ("number");
