CREATE TABLE "billed_lines" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"working" text NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_working" text NOT NULL,
	CONSTRAINT "billed_lines_account_id_order_id_id_pk" PRIMARY KEY("account_id","order_id","id")
);

CREATE TABLE "order_billings" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"invoice_account_id" uuid NOT NULL,
	"partner_order_id" uuid NOT NULL,
	"resale_partner_id" uuid NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	CONSTRAINT "order_billings_account_id_order_id_pk" PRIMARY KEY("account_id","order_id")
);

ALTER TABLE "order_billings" ADD CONSTRAINT "order_billings_order_fk" FOREIGN KEY ("account_id","order_id") REFERENCES "public"."orders"("account_id","id") ON DELETE no action ON UPDATE no action;
