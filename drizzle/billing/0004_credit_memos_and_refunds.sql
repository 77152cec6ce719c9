CREATE TABLE "credit_memo_lines" (
	"account_id" uuid NOT NULL,
	"credit_memo_number" text NOT NULL,
	"position" integer NOT NULL,
	"invoice_id" uuid NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"description" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"working" text NOT NULL,
	CONSTRAINT "credit_memo_lines_account_id_credit_memo_number_position_pk" PRIMARY KEY("account_id","credit_memo_number","position")
);

CREATE TABLE "credit_memos" (
	"account_id" uuid NOT NULL,
	"number" text NOT NULL,
	"sequence" integer NOT NULL,
	"invoice_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"use" text NOT NULL,
	"currency" text NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"applied_minor" bigint NOT NULL,
	"kept_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"posted_on" date NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"posted_by" text NOT NULL,
	"correlation_id" text NOT NULL,
	CONSTRAINT "credit_memos_account_id_number_pk" PRIMARY KEY("account_id","number"),
	CONSTRAINT "credit_memos_sequence" UNIQUE("account_id","sequence"),
	CONSTRAINT "credit_memos_total" CHECK ("credit_memos"."subtotal_minor" + "credit_memos"."tax_minor" = "credit_memos"."total_minor" and "credit_memos"."applied_minor" + "credit_memos"."kept_minor" = "credit_memos"."total_minor"
        and "credit_memos"."total_minor" > 0 and "credit_memos"."applied_minor" >= 0 and "credit_memos"."kept_minor" >= 0)
);

CREATE TABLE "document_series" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"last_sequence" integer NOT NULL,
	CONSTRAINT "document_series_account_id_kind_pk" PRIMARY KEY("account_id","kind")
);

CREATE TABLE "refunds" (
	"account_id" uuid NOT NULL,
	"number" text NOT NULL,
	"sequence" integer NOT NULL,
	"payment_id" uuid NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"working" text NOT NULL,
	"failure" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"requested_by" text NOT NULL,
	"refunded_on" date,
	"refunded_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_account_id_number_pk" PRIMARY KEY("account_id","number"),
	CONSTRAINT "refunds_sequence" UNIQUE("account_id","sequence"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_minor" > 0)
);

CREATE TABLE "wallet_movements" (
	"account_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"balance_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"credit_memo_number" text,
	"invoice_id" uuid,
	"refund_number" text,
	"moved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wallet_movements_account_id_currency_sequence_pk" PRIMARY KEY("account_id","currency","sequence"),
	CONSTRAINT "wallet_movements_amount" CHECK ("wallet_movements"."amount_minor" <> 0 and "wallet_movements"."balance_minor" >= 0)
);

CREATE TABLE "wallets" (
	"account_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"balance_minor" bigint NOT NULL,
	"pending_minor" bigint NOT NULL,
	"last_sequence" integer NOT NULL,
	CONSTRAINT "wallets_account_id_currency_pk" PRIMARY KEY("account_id","currency"),
	CONSTRAINT "wallets_never_negative" CHECK ("wallets"."pending_minor" >= 0 and "wallets"."balance_minor" >= "wallets"."pending_minor")
);

CREATE TABLE "invoice_voids" (
	"account_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"voided_on" date NOT NULL,
	"voided_at" timestamp (3) with time zone NOT NULL,
	"voided_by" text NOT NULL,
	CONSTRAINT "invoice_voids_account_id_invoice_id_pk" PRIMARY KEY("account_id","invoice_id")
);

ALTER TABLE "journal_entries" ADD COLUMN "credit_memo_number" text;
ALTER TABLE "journal_entries" ADD COLUMN "refund_number" text;
ALTER TABLE "payments" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;
ALTER TABLE "credit_memo_lines" ADD CONSTRAINT "credit_memo_lines_account_id_credit_memo_number_credit_memos_account_id_number_fk" FOREIGN KEY ("account_id","credit_memo_number") REFERENCES "public"."credit_memos"("account_id","number") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credit_memos" ADD CONSTRAINT "credit_memos_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_account_id_payment_id_payments_account_id_id_fk" FOREIGN KEY ("account_id","payment_id") REFERENCES "public"."payments"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "wallet_movements" ADD CONSTRAINT "wallet_movements_account_id_currency_wallets_account_id_currency_fk" FOREIGN KEY ("account_id","currency") REFERENCES "public"."wallets"("account_id","currency") ON DELETE no action ON UPDATE no action;
ALTER TABLE "invoice_voids" ADD CONSTRAINT "invoice_voids_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "credit_memo_lines_credit_memo_number_position_index" ON "credit_memo_lines" USING btree ("credit_memo_number","position");
CREATE INDEX "credit_memo_lines_account_id_invoice_id_index" ON "credit_memo_lines" USING btree ("account_id","invoice_id");
CREATE INDEX "credit_memos_number_index" ON "credit_memos" USING btree ("number");
CREATE INDEX "credit_memos_invoice_id_sequence_index" ON "credit_memos" USING btree ("invoice_id","sequence");
CREATE INDEX "refunds_number_index" ON "refunds" USING btree ("number");
CREATE INDEX "refunds_payment_id_sequence_index" ON "refunds" USING btree ("payment_id","sequence");
CREATE INDEX "wallet_movements_invoice_id_index" ON "wallet_movements" USING btree ("invoice_id");
CREATE INDEX "invoice_voids_invoice_id_index" ON "invoice_voids" USING btree ("invoice_id");
ALTER TABLE "payments" ADD CONSTRAINT "payments_never_over_refunded" CHECK ("payments"."refunded_minor" between 0 and "payments"."amount_minor");

-- Documents and movements are added to and never changed, as invoices are.
CREATE TRIGGER credit_memos_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_memos" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_memo_lines_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_memo_lines" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER wallet_movements_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "wallet_movements" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_voids_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "invoice_voids" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The development provider's books learn to give back.
ALTER TABLE "development_provider"."authorizations" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;
ALTER TABLE "development_provider"."authorizations" ADD CONSTRAINT "authorizations_refunded" CHECK ("refunded_minor" BETWEEN 0 AND "captured_minor");
CREATE TABLE "development_provider"."refunds" (
	"key" text PRIMARY KEY NOT NULL,
	"authorization_key" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"is_refunded" boolean NOT NULL,
	"calls" integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON "development_provider"."refunds" TO PUBLIC;
