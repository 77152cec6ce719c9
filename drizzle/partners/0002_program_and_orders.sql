CREATE TABLE "deal_opportunities" (
	"opportunity_key" text PRIMARY KEY NOT NULL,
	"deal_registration_id" uuid NOT NULL
);

CREATE TABLE "deal_registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"end_customer" jsonb NOT NULL,
	"sku" text NOT NULL,
	"seats" integer NOT NULL,
	"expected_close_on" date NOT NULL,
	"state" text NOT NULL,
	"decision_due_on" date NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"expires_on" date,
	"extended_at" timestamp (3) with time zone,
	"registered_by" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "partner_order_history" (
	"partner_order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	CONSTRAINT "partner_order_history_partner_order_id_position_pk" PRIMARY KEY("partner_order_id","position")
);

CREATE TABLE "partner_order_lines" (
	"partner_order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"subscription_name" text,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"quantity" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"currency" text NOT NULL,
	"list_unit_minor" bigint NOT NULL,
	"cost_unit_minor" bigint NOT NULL,
	"reseller_unit_minor" bigint NOT NULL,
	"customer_unit_minor" bigint NOT NULL,
	"list_minor" bigint NOT NULL,
	"cost_minor" bigint NOT NULL,
	"reseller_minor" bigint NOT NULL,
	"customer_minor" bigint NOT NULL,
	CONSTRAINT "partner_order_lines_partner_order_id_position_pk" PRIMARY KEY("partner_order_id","position")
);

CREATE TABLE "partner_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"reseller_id" uuid,
	"external_id" text NOT NULL,
	"request_hash" text NOT NULL,
	"kind" text NOT NULL,
	"deal_kind" text NOT NULL,
	"order_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"deal_registration_id" uuid,
	"end_customer" jsonb NOT NULL,
	"currency" text NOT NULL,
	"list_minor" bigint NOT NULL,
	"cost_minor" bigint NOT NULL,
	"reseller_minor" bigint NOT NULL,
	"customer_minor" bigint NOT NULL,
	"po_number" text,
	"po_amount_minor" bigint,
	"are_terms_accepted" boolean NOT NULL,
	"marketplace_offer_id" text,
	"marketplace_agreement_id" text,
	"status" text NOT NULL,
	"is_license_delivered" boolean NOT NULL,
	"subscription_name" text,
	"invoice_number" text,
	"invoice_status" text,
	"invoice_due_on" date,
	"history_length" integer NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"correlation_id" text NOT NULL,
	CONSTRAINT "partner_orders_partnerId_externalId_unique" UNIQUE("partner_id","external_id")
);

CREATE TABLE "sold_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"partner_order_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"reseller_id" uuid,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"end_customer" text NOT NULL,
	"sku" text NOT NULL,
	"seats" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"is_license_delivered" boolean NOT NULL,
	CONSTRAINT "sold_subscriptions_name_unique" UNIQUE("name")
);

CREATE TABLE "end_customers" (
	"partner_id" uuid NOT NULL,
	"customer_key" text NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "end_customers_partner_id_customer_key_pk" PRIMARY KEY("partner_id","customer_key")
);

CREATE TABLE "listed_prices" (
	"sku" text NOT NULL,
	"currency" text NOT NULL,
	"valid_from" date NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "listed_prices_sku_currency_valid_from_pk" PRIMARY KEY("sku","currency","valid_from")
);

CREATE TABLE "margin_schedules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"track" text NOT NULL,
	"deal_kind" text NOT NULL,
	"sku" text,
	"effective_on" date NOT NULL,
	"distributor_basis_points" integer NOT NULL,
	"reseller_basis_points" integer NOT NULL,
	"customer_basis_points" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "partner_agreements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"payment_terms_days" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"bill_to" jsonb NOT NULL,
	"selling_entity" text,
	"holds" jsonb NOT NULL,
	"account_version" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "restricted_parties" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "restricted_parties_kind_value_pk" PRIMARY KEY("kind","value")
);

ALTER TABLE "deal_registrations" ADD CONSTRAINT "deal_registrations_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_order_history" ADD CONSTRAINT "partner_order_history_partner_order_id_partner_orders_id_fk" FOREIGN KEY ("partner_order_id") REFERENCES "public"."partner_orders"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_order_lines" ADD CONSTRAINT "partner_order_lines_partner_order_id_partner_orders_id_fk" FOREIGN KEY ("partner_order_id") REFERENCES "public"."partner_orders"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_orders" ADD CONSTRAINT "partner_orders_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_agreements" ADD CONSTRAINT "partner_agreements_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "deal_registrations_partner_id_id_index" ON "deal_registrations" USING btree ("partner_id","id");
CREATE INDEX "deal_registrations_state_decision_due_on_index" ON "deal_registrations" USING btree ("state","decision_due_on");
CREATE INDEX "partner_order_lines_subscription_name_index" ON "partner_order_lines" USING btree ("subscription_name");
CREATE INDEX "partner_orders_partner_id_id_index" ON "partner_orders" USING btree ("partner_id","id");
CREATE INDEX "partner_orders_reseller_id_id_index" ON "partner_orders" USING btree ("reseller_id","id");
CREATE INDEX "partner_orders_order_id_index" ON "partner_orders" USING btree ("order_id");
CREATE INDEX "sold_subscriptions_partner_id_ends_on_id_index" ON "sold_subscriptions" USING btree ("partner_id","ends_on","id");
CREATE INDEX "sold_subscriptions_reseller_id_ends_on_id_index" ON "sold_subscriptions" USING btree ("reseller_id","ends_on","id");
CREATE INDEX "margin_schedules_track_deal_kind_index" ON "margin_schedules" USING btree ("track","deal_kind");
CREATE INDEX "partner_agreements_partner_id_id_index" ON "partner_agreements" USING btree ("partner_id","id");
CREATE INDEX "partner_agreements_account_id_index" ON "partner_agreements" USING btree ("account_id");
