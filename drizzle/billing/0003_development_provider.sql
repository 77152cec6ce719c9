-- The books of the development payment provider, which stands in for a real one. They are no part of billing's model:
-- nothing of billing refers to them, and they are written outside billing's transactions.
CREATE SCHEMA "development_provider";

CREATE TABLE "development_provider"."authorizations" (
	"key" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"captured_minor" bigint NOT NULL,
	"calls" integer NOT NULL,
	"wrong_answers" integer NOT NULL,
	CONSTRAINT "authorizations_captured" CHECK ("captured_minor" BETWEEN 0 AND "amount_minor")
);

-- Whoever may connect to this database is the house's own role, whose name a migration does not know.
GRANT USAGE ON SCHEMA "development_provider" TO PUBLIC;
GRANT SELECT, INSERT, UPDATE ON "development_provider"."authorizations" TO PUBLIC;
