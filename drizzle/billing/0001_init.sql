CREATE TABLE "accounts" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"bill_to" jsonb NOT NULL
);

CREATE TABLE "allocations" (
	"account_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"working" text NOT NULL,
	"allocated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "allocations_account_id_payment_id_invoice_id_pk" PRIMARY KEY("account_id","payment_id","invoice_id"),
	CONSTRAINT "allocations_amount" CHECK ("allocations"."amount_minor" > 0)
);

CREATE TABLE "invoice_lines" (
	"account_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" integer NOT NULL,
	"action_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"quantity" integer NOT NULL,
	"currency" text NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"days" integer,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	CONSTRAINT "invoice_lines_account_id_invoice_id_position_pk" PRIMARY KEY("account_id","invoice_id","position"),
	CONSTRAINT "invoice_lines_id" UNIQUE("account_id","id")
);

CREATE TABLE "invoice_series" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"last_sequence" integer NOT NULL
);

CREATE TABLE "invoices" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"sequence" integer NOT NULL,
	"order_id" uuid,
	"order_number" text,
	"po_number" text,
	"selling_entity" text NOT NULL,
	"bill_to" jsonb NOT NULL,
	"currency" text NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"correlation_id" text NOT NULL,
	CONSTRAINT "invoices_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "invoices_sequence" UNIQUE("account_id","sequence"),
	CONSTRAINT "invoices_number" UNIQUE("account_id","number"),
	CONSTRAINT "invoices_order" UNIQUE("account_id","order_id"),
	CONSTRAINT "invoices_total" CHECK ("invoices"."subtotal_minor" + "invoices"."tax_minor" = "invoices"."total_minor" and "invoices"."total_minor" >= 0)
);

CREATE TABLE "journal_entries" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"invoice_id" uuid NOT NULL,
	"payment_id" uuid,
	"description" text NOT NULL,
	"posted_on" date NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "journal_entries_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "journal_postings" (
	"account_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"code" text NOT NULL,
	"currency" text NOT NULL,
	"debit_minor" bigint NOT NULL,
	"credit_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"posted_on" date NOT NULL,
	CONSTRAINT "journal_postings_account_id_entry_id_position_pk" PRIMARY KEY("account_id","entry_id","position"),
	CONSTRAINT "journal_postings_one_side" CHECK ("journal_postings"."debit_minor" >= 0 and "journal_postings"."credit_minor" >= 0 and ("journal_postings"."debit_minor" = 0) <> ("journal_postings"."credit_minor" = 0))
);

CREATE TABLE "payment_methods" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"brand" text NOT NULL,
	"last_four" text NOT NULL,
	"expiry_month" integer NOT NULL,
	"expiry_year" integer NOT NULL,
	"provider_token" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payment_methods_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "payment_methods_token" UNIQUE("account_id","provider_token"),
	CONSTRAINT "payment_methods_expiry_month" CHECK ("payment_methods"."expiry_month" between 1 and 12)
);

CREATE TABLE "payments" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"payment_method_id" uuid,
	"tries" integer NOT NULL,
	"order_id" uuid,
	"order_attempt" integer,
	"invoice_id" uuid,
	"reference" text,
	"failure" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone,
	"received_on" date,
	CONSTRAINT "payments_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_minor" > 0),
	CONSTRAINT "payments_card" CHECK ("payments"."kind" <> 'CARD' or "payments"."payment_method_id" is not null)
);

CREATE TABLE "receivables" (
	"account_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"balance_minor" bigint NOT NULL,
	"pending_minor" bigint NOT NULL,
	"due_on" date NOT NULL,
	CONSTRAINT "receivables_account_id_invoice_id_pk" PRIMARY KEY("account_id","invoice_id"),
	CONSTRAINT "receivables_never_overpaid" CHECK ("receivables"."pending_minor" >= 0 and "receivables"."balance_minor" >= "receivables"."pending_minor")
);

ALTER TABLE "allocations" ADD CONSTRAINT "allocations_account_id_payment_id_payments_account_id_id_fk" FOREIGN KEY ("account_id","payment_id") REFERENCES "public"."payments"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "journal_postings" ADD CONSTRAINT "journal_postings_account_id_entry_id_journal_entries_account_id_id_fk" FOREIGN KEY ("account_id","entry_id") REFERENCES "public"."journal_entries"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "payments" ADD CONSTRAINT "payments_account_id_payment_method_id_payment_methods_account_id_id_fk" FOREIGN KEY ("account_id","payment_method_id") REFERENCES "public"."payment_methods"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "receivables" ADD CONSTRAINT "receivables_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "allocations_payment_id_index" ON "allocations" USING btree ("payment_id");
CREATE INDEX "invoice_lines_invoice_id_position_index" ON "invoice_lines" USING btree ("invoice_id","position");
CREATE INDEX "invoices_id_index" ON "invoices" USING btree ("id");
CREATE INDEX "invoices_number_index" ON "invoices" USING btree ("number");
CREATE INDEX "invoices_issued_on_id_index" ON "invoices" USING btree ("issued_on","id");
CREATE INDEX "invoices_account_id_issued_on_id_index" ON "invoices" USING btree ("account_id","issued_on","id");
CREATE INDEX "journal_entries_account_id_invoice_id_index" ON "journal_entries" USING btree ("account_id","invoice_id");
CREATE INDEX "journal_postings_posted_on_currency_code_index" ON "journal_postings" USING btree ("posted_on","currency","code");
CREATE INDEX "payment_methods_id_index" ON "payment_methods" USING btree ("id");
CREATE INDEX "payments_id_index" ON "payments" USING btree ("id");
CREATE INDEX "payments_invoice_id_id_index" ON "payments" USING btree ("invoice_id","id");
CREATE INDEX "receivables_due_on_invoice_id_index" ON "receivables" USING btree ("due_on","invoice_id") WHERE balance_minor > 0;
