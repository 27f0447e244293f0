--liquibase formatted sql

--changeset settlement:check_settlement_credit runOnChange:true splitStatements:false
-- A credit note has the currency and tax rate of its settlement. Records the amount credited before; of two concurrent ones the second sees the
-- first.
--
-- Errors: foreign_key_violation: credit note % refused: it is not as settlement % is
-- Trigger: settlement_credit_complete on settlement_credit
create or replace function check_settlement_credit() returns trigger language plpgsql as $$
begin
    -- Of two concurrent credit notes the second sees the first.
    perform 1 from settlement s
      where s.id = new.settlement_id
        and (s.account_id, s.currency, s.decimals, s.tax_percent) = (new.account_id, new.currency, new.decimals, new.tax_percent)
        for no key update;
    if not found then
        raise exception 'credit note % refused: it is not as settlement % is', new.number_text, new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    select coalesce(sum(c.wholesale), 0), coalesce(sum(c.fees), 0) into new.wholesale_before, new.fees_before
      from settlement_credit c
     where c.settlement_id = new.settlement_id;
    return new;
end $$;
