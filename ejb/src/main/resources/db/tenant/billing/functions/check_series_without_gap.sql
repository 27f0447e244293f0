--liquibase formatted sql

--changeset invoicing:check_series_without_gap runOnChange:true splitStatements:false
-- At commit: a series advanced by exactly the number of documents issued.
--
-- Errors: check_violation: series % % goes from % to % with % documents
-- Trigger: invoice_series_without_gap on invoice_number_sequence
create or replace function check_series_without_gap() returns trigger language plpgsql as $$
declare
    issued bigint;
begin
    select count(*) into issued
      from invoice
     where series_id = new.id and number >= old.next_number and number < new.next_number;
    if issued <> new.next_number - old.next_number then
        raise exception 'series % % goes from % to % with % documents', new.kind, new.year, old.next_number, new.next_number, issued
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
