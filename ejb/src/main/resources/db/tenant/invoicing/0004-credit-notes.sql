--liquibase formatted sql

--changeset invoicing:0005
--comment Documents that correct others, line by line.
alter table invoice add column corrects_id uuid;
alter table invoice add column reason text not null default '';
alter table invoice add constraint invoice_corrects_fk foreign key (corrects_id) references invoice (id);
alter table invoice add constraint invoice_corrects_ck check (
    (kind in ('CREDIT_NOTE', 'DEBIT_NOTE')) = (corrects_id is not null) and (corrects_id is null or length(trim(reason)) > 0));
create index invoice_corrects_ix on invoice (corrects_id) where corrects_id is not null;
comment on column invoice.corrects_id is 'the invoice that it corrects; its lines say which line of that each';

alter table invoice_line add column corrects_position integer;
comment on column invoice_line.corrects_position is 'of a document that corrects another: the line there';

alter table invoice_item drop constraint invoice_item_kind_ck;
alter table invoice_item add constraint invoice_item_kind_ck
    check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED'));
alter table invoice_line drop constraint invoice_line_kind_ck;
alter table invoice_line add constraint invoice_line_kind_ck
    check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED'));
alter table invoice_line add constraint invoice_line_corrects_ck check ((kind = 'CREDITED') = (corrects_position is not null));
--rollback alter table invoice_line drop column corrects_position; alter table invoice_line add constraint invoice_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER')); alter table invoice_item drop constraint invoice_item_kind_ck; alter table invoice_item add constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER')); alter table invoice drop column reason, drop column corrects_id;

--changeset invoicing:0006 splitStatements:false
--comment No line is credited beyond its amount, and none as it was not taxed.
create function check_invoice_corrects() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice where id = new.corrects_id and kind = 'INVOICE' and wallet_id = new.wallet_id) then
        raise exception 'document % corrects none of its wallet', new.number_text using errcode = 'check_violation';
    end if;
    select l.position, l.corrects_position, o.amount, c.credited into wrong
      from invoice_line l
      left join invoice_line o on o.invoice_id = new.corrects_id and o.position = l.corrects_position
     cross join lateral (
       select coalesce(sum(e.amount), 0) as credited
         from invoice v
         join invoice_line e on e.invoice_id = v.id and e.corrects_position = l.corrects_position
        where v.corrects_id = new.corrects_id) c
     where l.invoice_id = new.id
       and (o.position is null
            or l.amount > 0
            or o.amount + c.credited < 0
            or o.tax_id is distinct from l.tax_id
            or o.tax_included <> l.tax_included)
     limit 1;
    if found then
        raise exception 'line % of % corrects line %, which is of %: % credited', wrong.position, new.number_text,
            wrong.corrects_position, coalesce(wrong.amount::text, 'nothing'), wrong.credited using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger invoice_corrects after insert on invoice
    deferrable initially deferred for each row when (new.corrects_id is not null) execute function check_invoice_corrects();
--rollback drop trigger invoice_corrects on invoice; drop function check_invoice_corrects;
