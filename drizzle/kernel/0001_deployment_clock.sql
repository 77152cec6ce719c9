-- The time of a deployment whose clock can be moved: one row, and none where the machine's clock is the only one.
create table deployment_clock (
  is_only boolean primary key default true check (is_only),
  -- Grows with every movement: the newest that a house has heard of holds.
  number bigint not null,
  -- Where it stands while it is moved, and null while it runs.
  stands_at timestamptz(3),
  -- How far it runs ahead of the machine's clock.
  shift_ms bigint not null,
  -- Jobs of the calendar up to here lie in the queue; while the clock stands, the queue sees time come so far.
  timers_at timestamptz(3) not null
);

create function announce_clock() returns trigger language plpgsql as $$
begin
  if (new.number, new.stands_at, new.shift_ms) is distinct from (old.number, old.stands_at, old.shift_ms) then
    perform pg_notify('deployment_clock', '');
  end if;
  return null;
end $$;
create trigger deployment_clock_moved after update on deployment_clock for each row execute function announce_clock();

-- The queue's statements ask for `now()` by its bare name. On a connection that looks here before it looks into the
-- catalogue they get the deployment's time, in every place, without a word of the queue being changed.
create schema deployment;
grant usage on schema deployment to public;
create function deployment.now() returns timestamptz stable language sql as $$
  select coalesce(
    (select case when stands_at is null then pg_catalog.now() + shift_ms * interval '1 millisecond' else timers_at end
      from public.deployment_clock),
    pg_catalog.now())
$$;
