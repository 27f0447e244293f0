--liquibase formatted sql

--changeset dunning:0005
--comment A step of the ladder may cost whoever it is taken against: never taxed, once, on the next document.
alter table dunning_rung add column fee_percent numeric(7, 4);
alter table dunning_rung add column fee_most numeric(20, 8);
alter table dunning_rung add column fee_currency char(3);
alter table dunning_rung add constraint dunning_rung_fee_ck check (
    (fee_most is null) = (fee_currency is null) and (fee_percent is null or fee_most is not null) and fee_most > 0
    and fee_percent > 0 and fee_percent <= 100);
comment on column dunning_rung.fee_most is 'what the step costs, or the most that the percentage of the debt comes to; null: nothing';

alter table dunning_step add column fee numeric(20, 8) not null default 0;
alter table dunning_step add column fee_entry_id bigint;
alter table dunning_step add constraint dunning_step_fee_fk foreign key (fee_entry_id) references journal_entry (id);
alter table dunning_step add constraint dunning_step_fee_uq unique (fee_entry_id);
alter table dunning_step add constraint dunning_step_fee_ck check (fee >= 0 and (fee > 0) = (fee_entry_id is not null));
comment on column dunning_step.fee is 'what the step cost; fee_entry_id: by which entry the wallet paid it';

alter table tax_term drop constraint tax_term_treatment_ck;
alter table tax_term add constraint tax_term_treatment_ck check (
    treatment in ('TAXED', 'REVERSE_CHARGE', 'OUTSIDE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED', 'COMPENSATION'));
alter table invoice_item drop constraint invoice_item_kind_ck;
alter table invoice_item add constraint invoice_item_kind_ck
    check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE'));
alter table invoice_line drop constraint invoice_line_kind_ck;
alter table invoice_line add constraint invoice_line_kind_ck
    check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE'));
--rollback alter table invoice_line drop constraint invoice_line_kind_ck; alter table invoice_line add constraint invoice_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED')); alter table invoice_item drop constraint invoice_item_kind_ck; alter table invoice_item add constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED')); alter table tax_term drop constraint tax_term_treatment_ck; alter table tax_term add constraint tax_term_treatment_ck check (treatment in ('TAXED', 'REVERSE_CHARGE', 'OUTSIDE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED'));
--rollback alter table dunning_step drop column fee_entry_id, drop column fee; alter table dunning_rung drop column fee_currency, drop column fee_most, drop column fee_percent;

--changeset dunning:0006 splitStatements:false
--comment What a step cost stays as it was; a late fee is an item of its own sort on documents.
create or replace function refuse_step_change() returns trigger language plpgsql as $$
begin
    if old.reached_at is not null
       or (new.id, new.episode_id, new.act, new.nth, new.version, new.taken_at, new.currency, new.missing, new.letters, new.fee, new.fee_entry_id)
          is distinct from
          (old.id, old.episode_id, old.act, old.nth, old.version, old.taken_at, old.currency, old.missing, old.letters, old.fee, old.fee_entry_id) then
        raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

-- Notes what went from wallets to revenue, or back, before an instant and is no hour. What is noted is not noted again.
create or replace function gather_items(until timestamptz, happened timestamptz) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    gathered integer;
begin
    insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, gathered_at,
                              tax_id, tax_rate, tax_included, tax)
    select e.id, p.account_id,
           case split_part(e.source, ':', 1)
                when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' when 'finding' then 'GIVEN_BACK'
                when 'option-finding' then 'GIVEN_BACK' when 'late-fee' then 'LATE_FEE' else 'OTHER' end,
           case when e.source ~ '^transfer:[0-9a-f-]{36}:' then split_part(e.source, ':', 2)::uuid
                when e.source ~ '^finding:[0-9a-f-]{36}$'
                then (select f.service_id from finding f where f.id = split_part(e.source, ':', 2)::uuid)
                when e.source ~ '^option-finding:[0-9a-f-]{36}$'
                then (select o.service_id
                        from option_finding f
                        join service_option o on o.id = f.option_id
                       where f.id = split_part(e.source, ':', 2)::uuid) end,
           coalesce(e.reason, ''), p.currency, coalesce(x.amount, -p.amount), e.effective_at, happened,
           x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
      from journal_entry e
      join posting p on p.entry_id = e.id
      left join entry_tax x on x.entry_id = e.id
      join wallet w on w.id = p.account_id
     where e.kind <> 'CHARGE'
       and e.source <> 'manual'
       and e.effective_at < until
       and exists (select from posting r
                     join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE'
                    where r.entry_id = e.id)
       and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
     order by e.id
    on conflict on constraint invoice_item_entry_uq do nothing;
    get diagnostics gathered = row_count;
    return gathered;
end $$;
--rollback select 1;
