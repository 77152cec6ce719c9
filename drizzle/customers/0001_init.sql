CREATE TABLE "account_holds" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_holds_account_id_kind_pk" PRIMARY KEY("account_id","kind")
);

CREATE TABLE "agreements" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"version" text NOT NULL,
	"accepted_by" text NOT NULL,
	"accepted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreements_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "agreements_accountId_kind_version_unique" UNIQUE("account_id","kind","version")
);

CREATE TABLE "audit_events" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"fields" text[] NOT NULL,
	CONSTRAINT "audit_events_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "billing_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"channel" text NOT NULL,
	"selling_entity" text NOT NULL,
	"segment" text NOT NULL,
	"payment_terms_days" integer NOT NULL,
	"is_auto_pay" boolean NOT NULL,
	"is_tax_exempt" boolean NOT NULL,
	"vat_id" text,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "contacts" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"street" text NOT NULL,
	"city" text NOT NULL,
	"postal_code" text NOT NULL,
	"region" text,
	"country" text NOT NULL,
	CONSTRAINT "contacts_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "contacts_accountId_role_unique" UNIQUE("account_id","role")
);

CREATE TABLE "directory_entries" (
	"account_id" uuid NOT NULL,
	"entity_id" text NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "directory_entries_account_id_entity_id_pk" PRIMARY KEY("account_id","entity_id")
);

CREATE TABLE "directory_words" (
	"account_id" uuid NOT NULL,
	"entity_id" text NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "directory_words_account_id_entity_id_word_pk" PRIMARY KEY("account_id","entity_id","word")
);

CREATE TABLE "invitations" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitations_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "memberships" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "memberships_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "memberships_accountId_userId_unique" UNIQUE("account_id","user_id")
);

CREATE TABLE "organization_audit_events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"fields" text[] NOT NULL,
	CONSTRAINT "organization_audit_events_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_is_lower_case" CHECK ("users"."email" = lower("users"."email"))
);

ALTER TABLE "account_holds" ADD CONSTRAINT "account_holds_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "billing_accounts" ADD CONSTRAINT "billing_accounts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "directory_words" ADD CONSTRAINT "directory_words_entry_fk" FOREIGN KEY ("account_id","entity_id") REFERENCES "public"."directory_entries"("account_id","entity_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_billing_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "organization_audit_events" ADD CONSTRAINT "organization_audit_events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent_id_organizations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "agreements_id_index" ON "agreements" USING btree ("id");
CREATE INDEX "audit_events_account_id_at_id_index" ON "audit_events" USING btree ("account_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);
CREATE INDEX "billing_accounts_number_index" ON "billing_accounts" USING btree ("number");
CREATE INDEX "billing_accounts_organization_id_id_index" ON "billing_accounts" USING btree ("organization_id","id");
CREATE INDEX "contacts_id_index" ON "contacts" USING btree ("id");
CREATE INDEX "directory_entries_entity_id_index" ON "directory_entries" USING btree ("entity_id");
CREATE INDEX "directory_words_word_index" ON "directory_words" USING btree ("word" text_pattern_ops);
CREATE INDEX "directory_words_account_id_word_index" ON "directory_words" USING btree ("account_id","word" text_pattern_ops);
CREATE INDEX "invitations_id_index" ON "invitations" USING btree ("id");
CREATE INDEX "invitations_account_id_state_expires_at_index" ON "invitations" USING btree ("account_id","state","expires_at");
CREATE INDEX "invitations_email_state_index" ON "invitations" USING btree ("email","state");
CREATE INDEX "memberships_id_index" ON "memberships" USING btree ("id");
CREATE INDEX "memberships_user_id_account_id_index" ON "memberships" USING btree ("user_id","account_id");
CREATE INDEX "organization_audit_events_organization_id_at_id_index" ON "organization_audit_events" USING btree ("organization_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);
CREATE INDEX "organizations_parent_id_index" ON "organizations" USING btree ("parent_id");

create trigger audit_events_kept before update or delete on audit_events for each row execute function refuse_change();
create trigger organization_audit_events_kept before update or delete on organization_audit_events for each row execute function refuse_change();
create trigger agreements_kept before update or delete on agreements for each row execute function refuse_change();
