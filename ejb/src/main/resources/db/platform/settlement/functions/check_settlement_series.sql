--liquibase formatted sql

--changeset settlement:check_settlement_series runOnChange:true splitStatements:false
-- At commit: a series advanced by exactly the number of settlements issued.
--
-- Errors: check_violation: series % goes from % to % with % settlements
-- Trigger: settlement_series_without_gap on settlement_series
create or replace function check_settlement_series() returns trigger language plpgsql as $$
declare
    issued bigint;
begin
    select count(*) into issued
      from settlement
     where year = new.year and number >= old.next_number and number < new.next_number;
    if issued <> new.next_number - old.next_number then
        raise exception 'series % goes from % to % with % settlements', new.year, old.next_number, new.next_number, issued
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
