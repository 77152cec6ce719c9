-- What every house keeps beside its own tables: its event log, what it has heard, what it could not handle, the
-- answers it gave, and the human numbers it handed out.

-- A row gets its position after its transaction and all older ones have ended, so positions have no gaps and a reader
-- that asks "after N" can miss nothing. Until then the position is null.
create table event_log (
  transaction_id xid8 not null default pg_current_xact_id(),
  ordinal bigint generated always as identity,
  position bigint unique,
  id uuid primary key,
  type text not null,
  subject text not null,
  account_id uuid,
  time timestamptz(3) not null,
  correlation_id text not null,
  causation_id text not null,
  data jsonb not null
);
create index event_log_unplaced on event_log (transaction_id, ordinal) where position is null;
create index event_log_account on event_log (account_id, position) where account_id is not null;

create function announce_events() returns trigger language plpgsql as $$
begin
  perform pg_notify('event_log', '');
  return null;
end $$;
create trigger event_log_announced after insert on event_log for each statement execute function announce_events();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: add a correction instead', tg_table_name using errcode = 'restrict_violation';
end $$;

-- The only change a logged event ever sees is being given its position.
create function keep_event() returns trigger language plpgsql as $$
begin
  if old.position is null and new.position is not null and new.data = old.data and new.id = old.id and new.type = old.type then
    return new;
  end if;
  raise exception 'event_log is append-only' using errcode = 'restrict_violation';
end $$;
create trigger event_log_kept before update on event_log for each row execute function keep_event();
create trigger event_log_not_deleted before delete on event_log for each row execute function refuse_change();

-- Gives the next positions to events whose transactions, and all older ones, have ended. One caller at a time; the
-- others wait a moment and find nothing left to do. In one call, as it follows every commit.
create function place_events(out placed bigint, out unplaced bigint) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7242002);
  with fresh as (
    select id, row_number() over (order by transaction_id, ordinal) as place
    from event_log where position is null and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
  ), newest as (select coalesce(max(position), 0) as position from event_log), now_placed as (
    update event_log set position = newest.position + fresh.place from fresh, newest where event_log.id = fresh.id returning 1
  ) select count(*) into placed from now_placed;
  select count(*) into unplaced from event_log where position is null;
  if placed > 0 then perform pg_notify('events_placed', ''); end if;
end $$;

create table reader_position (
  source text primary key,
  position bigint not null,
  moved_at timestamptz(3) not null
);

create table inbox (
  source text not null,
  event_id uuid not null,
  handled_at timestamptz(3) not null default now(),
  primary key (source, event_id)
);

create table dead_letter (
  source text not null,
  event_id uuid not null,
  account_id uuid,
  position bigint not null,
  type text not null,
  event jsonb not null,
  reason text not null,
  attempts integer not null,
  parked_at timestamptz(3) not null,
  replayed_at timestamptz(3),
  primary key (source, event_id)
);
create index dead_letter_waiting on dead_letter (source, account_id, position) where replayed_at is null;

create table idempotency_key (
  scope text not null,
  key text not null,
  operation text not null,
  request_hash text not null,
  answer jsonb not null,
  correlation_id text not null,
  answered_at timestamptz(3) not null,
  primary key (scope, key)
);

create table number_directory (
  series text not null,
  number text not null,
  entity_id uuid not null,
  account_id uuid,
  primary key (series, number)
);
