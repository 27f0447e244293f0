--liquibase formatted sql

--changeset settlement:check_settlement_adds_up runOnChange:true splitStatements:false
-- At commit: a settlement is the sum of its lines, and its number was taken from its series.
--
-- Errors: check_violation: settlement % says %, % and %, its lines say %, % and %
--         check_violation: settlement % took no number of its series
-- Trigger: settlement_adds_up on settlement
create or replace function check_settlement_adds_up() returns trigger language plpgsql as $$
declare
    added record;
begin
    select coalesce(sum(l.revenue), 0) as revenue,
           coalesce(sum(l.amount) filter (where l.kind in ('SERVICE', 'ADDON')), 0) as wholesale,
           coalesce(sum(l.amount) filter (where l.kind not in ('SERVICE', 'ADDON')), 0) as fees
      into added
      from settlement_line l
     where l.settlement_id = new.id;
    if (added.revenue, added.wholesale, added.fees) is distinct from (new.revenue, new.wholesale, new.fees) then
        raise exception 'settlement % says %, % and %, its lines say %, % and %', new.number_text, new.revenue, new.wholesale,
            new.fees, added.revenue, added.wholesale, added.fees using errcode = 'check_violation';
    end if;
    if not exists (select from settlement_series where year = new.year and next_number > new.number) then
        raise exception 'settlement % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
