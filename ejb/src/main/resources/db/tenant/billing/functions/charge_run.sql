--liquibase formatted sql

--changeset charging:charge_run runOnChange:true splitStatements:false
-- Charges an open run of a tenant that has no more wallets than fit in one batch: all of it in the caller's transaction, as one slice that is done
-- from the start. Most tenants are that small, and would otherwise need several transactions an hour.
--
-- Arguments: run: id of the run
--            waits: whether to wait for another worker that holds the run, instead of leaving it to that worker
--            batch: maximum number of wallets
--            own_currency: the reseller's own currency
--            month_zone, actor_name, occurred_at: as of charge_due
--            node_name: the node of the worker
-- Returns: CHARGED, or what the caller does: TAKEN: nothing, the run is no longer open or another worker holds it; LARGE: divide the run into slices
-- Called by: charging.ChargingRuns
create or replace function charge_run(
    run bigint, waits boolean, batch integer, own_currency text, month_zone text, node_name text, actor_name text, occurred_at timestamptz)
    returns text
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
    charged_until timestamptz;
    started_at timestamptz := clock_timestamp();
    planned integer;
    charged record;
begin
    if waits then
        select r.until into charged_until from work.charging_run r where r.id = run and r.state = 'OPEN' for update;
    else
        select r.until into charged_until from work.charging_run r where r.id = run and r.state = 'OPEN' for update skip locked;
    end if;
    if charged_until is null then
        return 'TAKEN';
    end if;
    planned := (select count(*) from (select from wallet limit batch + 1) w);
    if planned > batch
       or not exists (select from ledger_account a where a.kind = 'REVENUE' and a.currency = own_currency::char(3)) then
        return 'LARGE';
    end if;
    if planned > 0 then
        select * into charged
          from charge_wallets('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', batch,
                              charged_until, month_zone, 'run:' || run, actor_name, occurred_at);
        insert into work.charging_slice (run_id, tenant_role, no, wallets_planned, state, node, fence, attempts,
                                         after_wallet, wallets, services, hours, amounts, started_at, ended_at)
        values (run, current_user, 0, planned, 'DONE', node_name, 1, 1,
                charged.last_wallet, charged.wallets, charged.services, charged.hours,
                (select coalesce(jsonb_object_agg(c.currency, c.amount), '{}')
                   from unnest(charged.charged_currencies, charged.charged_amounts) as c (currency, amount)),
                started_at, clock_timestamp());
    end if;
    update work.charging_run r
       set state = 'DONE', slices = least(planned, 1), error = null, retry_at = null, ended_at = clock_timestamp()
     where r.id = run;
    return 'CHARGED';
end $$;
