--liquibase formatted sql

--changeset invoicing:0010
--comment Invoices that are void, and the credit notes that made them so.
create table invoice_void (
    invoice_id uuid not null,
    credit_note_id uuid not null,
    reason text not null,
    voided_at timestamptz not null,
    voided_by text not null,
    constraint invoice_void_pk primary key (invoice_id),
    constraint invoice_void_note_uq unique (credit_note_id),
    constraint invoice_void_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_void_note_fk foreign key (credit_note_id) references invoice (id) deferrable initially deferred,
    constraint invoice_void_reason_ck check (length(trim(reason)) > 0)
);
comment on table invoice_void is 'append-only: that an invoice was issued wrongly, and the credit note of all that was left of it; the invoice itself stays as it is';

create trigger invoice_void_immutable before update or delete or truncate on invoice_void
    for each statement execute function refuse_history_change();
--rollback drop table invoice_void;

--changeset invoicing:0011 splitStatements:false
--comment What is void says by what, nothing of it is left, and nothing corrects it any more.
create function check_invoice_void() returns trigger language plpgsql as $$
begin
    if new.state = 'VOID' and not exists (select from invoice_void where invoice_id = new.id) then
        raise exception 'document % is void by nothing', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_void_is_whole() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice v
                     join invoice n on n.id = new.credit_note_id and n.kind = 'CREDIT_NOTE' and n.corrects_id = v.id
                    where v.id = new.invoice_id and v.kind = 'INVOICE' and v.state = 'VOID') then
        raise exception 'document % is not made void by %', new.invoice_id, new.credit_note_id using errcode = 'check_violation';
    end if;
    select o.position, o.amount + coalesce(sum(e.amount), 0) as remaining into wrong
      from invoice_line o
      left join (invoice v join invoice_line e on e.invoice_id = v.id)
        on v.corrects_id = o.invoice_id and e.corrects_position = o.position
     where o.invoice_id = new.invoice_id
     group by o.position, o.amount
    having o.amount + coalesce(sum(e.amount), 0) <> 0
     limit 1;
    if found then
        raise exception 'of line % of % there is % left', wrong.position, new.invoice_id, wrong.remaining
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_void_is_final() returns trigger language plpgsql as $$
begin
    if exists (select from invoice_void where invoice_id = new.corrects_id and credit_note_id <> new.id) then
        raise exception 'document % corrects one that is void', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger invoice_void_told after update on invoice
    deferrable initially deferred for each row when (new.state = 'VOID') execute function check_invoice_void();
create constraint trigger invoice_void_whole after insert on invoice_void
    deferrable initially deferred for each row execute function check_void_is_whole();
create constraint trigger invoice_void_final after insert on invoice
    deferrable initially deferred for each row when (new.corrects_id is not null) execute function check_void_is_final();
--rollback drop trigger invoice_void_final on invoice; drop trigger invoice_void_whole on invoice_void; drop trigger invoice_void_told on invoice; drop function check_void_is_final; drop function check_void_is_whole; drop function check_invoice_void;
