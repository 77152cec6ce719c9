CREATE TABLE "partner_client_secrets" (
	"client_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"hash" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "partner_client_secrets_client_id_ordinal_pk" PRIMARY KEY("client_id","ordinal")
);

CREATE TABLE "partner_clients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_by" text,
	"revoked_at" timestamp (3) with time zone
);

CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"track" text NOT NULL,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "relationships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"distributor_id" uuid NOT NULL,
	"reseller_id" uuid NOT NULL,
	"region" text NOT NULL,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "relationships_distributorId_resellerId_region_unique" UNIQUE("distributor_id","reseller_id","region")
);

ALTER TABLE "partner_client_secrets" ADD CONSTRAINT "partner_client_secrets_client_fk" FOREIGN KEY ("client_id") REFERENCES "public"."partner_clients"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "partner_clients" ADD CONSTRAINT "partner_clients_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "relationships" ADD CONSTRAINT "relationships_distributor_id_partners_id_fk" FOREIGN KEY ("distributor_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "relationships" ADD CONSTRAINT "relationships_reseller_id_partners_id_fk" FOREIGN KEY ("reseller_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "partner_clients_partner_id_id_index" ON "partner_clients" USING btree ("partner_id","id");
CREATE INDEX "relationships_distributor_id_id_index" ON "relationships" USING btree ("distributor_id","id");
CREATE INDEX "relationships_reseller_id_id_index" ON "relationships" USING btree ("reseller_id","id");
