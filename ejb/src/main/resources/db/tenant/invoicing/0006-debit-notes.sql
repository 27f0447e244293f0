--liquibase formatted sql

--changeset invoicing:0008
--comment Debit notes: what an invoice charged too little for, line by line.
alter table invoice_item drop constraint invoice_item_kind_ck;
alter table invoice_item add constraint invoice_item_kind_ck
    check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED'));
alter table invoice_line drop constraint invoice_line_kind_ck;
alter table invoice_line add constraint invoice_line_kind_ck
    check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED'));
alter table invoice_line drop constraint invoice_line_corrects_ck;
alter table invoice_line add constraint invoice_line_corrects_ck
    check ((kind in ('CREDITED', 'DEBITED')) = (corrects_position is not null));
--rollback alter table invoice_line drop constraint invoice_line_corrects_ck; alter table invoice_line add constraint invoice_line_corrects_ck check ((kind = 'CREDITED') = (corrects_position is not null)); alter table invoice_line drop constraint invoice_line_kind_ck; alter table invoice_line add constraint invoice_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED')); alter table invoice_item drop constraint invoice_item_kind_ck; alter table invoice_item add constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED'));

--changeset invoicing:0009 splitStatements:false
--comment A correction is of its own sort, its lines go the right way, and what was debited can be credited again.
create or replace function check_invoice_corrects() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice where id = new.corrects_id and kind = 'INVOICE' and wallet_id = new.wallet_id) then
        raise exception 'document % corrects none of its wallet', new.number_text using errcode = 'check_violation';
    end if;
    select l.position, l.corrects_position, o.amount, c.corrected into wrong
      from invoice_line l
      left join invoice_line o on o.invoice_id = new.corrects_id and o.position = l.corrects_position
     cross join lateral (
       select coalesce(sum(e.amount), 0) as corrected
         from invoice v
         join invoice_line e on e.invoice_id = v.id and e.corrects_position = l.corrects_position
        where v.corrects_id = new.corrects_id) c
     where l.invoice_id = new.id
       and (o.position is null
            or l.kind <> case new.kind when 'DEBIT_NOTE' then 'DEBITED' else 'CREDITED' end
            or new.kind = 'DEBIT_NOTE' and (l.amount < 0 or o.amount < 0)
            or new.kind = 'CREDIT_NOTE' and sign(l.amount) = sign(o.amount)
            or (o.amount + c.corrected) * sign(o.amount) < 0
            or o.tax_id is distinct from l.tax_id
            or o.tax_included <> l.tax_included)
     limit 1;
    if found then
        raise exception 'line % of % corrects line %, which is of %: % credited', wrong.position, new.number_text,
            wrong.corrects_position, coalesce(wrong.amount::text, 'nothing'), wrong.corrected using errcode = 'check_violation';
    end if;
    return null;
end $$;

create or replace function note_documents_to_mail() returns trigger language plpgsql as $$
begin
    insert into invoice_mailing (invoice_id, queued_at)
    select id, issued_at from added where kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE');
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' MAIL -');
    end if;
    return null;
end $$;

-- A wallet got money: its open documents are paid, the oldest first, as far as what it holds without the hours of later months is not
-- below zero, which is what a document is paid by when it is issued. The wallet is locked.
create or replace function settle_invoices(which_wallet uuid, happened timestamptz) returns integer
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    settled integer;
begin
    update invoice v
       set state = 'PAID', paid_at = happened
      from wallet w
     where w.id = which_wallet and v.wallet_id = w.id and v.kind in ('INVOICE', 'DEBIT_NOTE') and v.state = 'FINAL'
       and w.balance
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and r.open and r.month_ends_at > v.period_to)
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and not r.open and r.month_ends_at > v.period_to) >= 0;
    get diagnostics settled = row_count;
    return settled;
end $$;
--rollback select 1;
