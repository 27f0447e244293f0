--liquibase formatted sql

--changeset concession:0004
--comment Credit notes and voids give something up too: they are asked for line by line, and above the limit somebody else approves. Those that were there before have no concession.
alter table concession drop constraint concession_kind_ck;
alter table concession add constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF', 'CREDIT_NOTE', 'VOID'));
alter table concession drop constraint concession_counterpart_ck;
alter table concession add constraint concession_counterpart_ck check (
    case when kind = 'WRITE_OFF' then counterpart = 'WRITE_OFF'
         when kind = 'CREDIT' then counterpart in ('CASH', 'ADJUSTMENT')
         else counterpart = 'REVENUE' end);
alter table concession drop constraint concession_ground_ck;
alter table concession add constraint concession_ground_ck check (
    ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER', 'CORRECTION')
    and (ground = 'CORRECTION') = (kind in ('CREDIT_NOTE', 'VOID')));
comment on table concession is 'append-only: money put into a wallet by hand, a debt written off, lines of an invoice credited, or an invoice made void, as somebody asked for it; amount: what the wallet gets, with the tax; expires_at: until when somebody else may approve it; null: it was done at once';

create table concession_document (
    concession_id uuid not null,
    invoice_id uuid not null,
    created_in xid8 not null default pg_current_xact_id(),
    constraint concession_document_pk primary key (concession_id),
    constraint concession_document_concession_fk foreign key (concession_id) references concession (id),
    constraint concession_document_invoice_fk foreign key (invoice_id) references invoice (id)
);
create index concession_document_invoice_ix on concession_document (invoice_id);
comment on table concession_document is 'append-only: the invoice of which a concession credits lines, or which it makes void; it comes in the concession''s transaction';

create table concession_line (
    concession_id uuid not null,
    position integer not null,
    amount numeric(20, 8) not null,
    constraint concession_line_pk primary key (concession_id, position),
    constraint concession_line_document_fk foreign key (concession_id) references concession_document (concession_id),
    constraint concession_line_amount_ck check (amount <> 0)
);
comment on table concession_line is 'append-only: how much of a line of the invoice is credited, as the line says it; below zero for what a void takes back that was given back; it comes in the concession''s transaction';

create table concession_before (
    document_id uuid not null,
    constraint concession_before_pk primary key (document_id),
    constraint concession_before_document_fk foreign key (document_id) references invoice (id)
);
insert into concession_before (document_id) select id from invoice where kind = 'CREDIT_NOTE';
comment on table concession_before is 'append-only: credit notes that were there before each had its concession; nobody adds any';

alter table concession_decision add column document_id uuid;
alter table concession_decision add constraint concession_decision_document_fk foreign key (document_id) references invoice (id);
alter table concession_decision add constraint concession_decision_document_uq unique (document_id);
alter table concession_decision drop constraint concession_decision_done_ck;
alter table concession_decision add constraint concession_decision_done_ck check (
    (outcome = 'DONE') = (num_nonnulls(entry_id, document_id) = 1) and (outcome = 'DONE' or num_nonnulls(entry_id, document_id) = 0));
comment on table concession_decision is 'append-only: what became of a concession, once; entry_id: by which entry its money moved; document_id: by which credit note';

create trigger concession_document_immutable before update or delete or truncate on concession_document
    for each statement execute function refuse_history_change();
create trigger concession_line_immutable before update or delete or truncate on concession_line
    for each statement execute function refuse_history_change();
create trigger concession_before_immutable before insert or update or delete or truncate on concession_before
    for each statement execute function refuse_history_change();
--rollback alter table concession_decision drop constraint concession_decision_done_ck; alter table concession_decision drop column document_id; alter table concession_decision add constraint concession_decision_done_ck check ((outcome = 'DONE') = (entry_id is not null)); drop table concession_before; drop table concession_line; drop table concession_document; alter table concession drop constraint concession_ground_ck; alter table concession add constraint concession_ground_ck check (ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER')); alter table concession drop constraint concession_counterpart_ck; alter table concession add constraint concession_counterpart_ck check (case kind when 'WRITE_OFF' then counterpart = 'WRITE_OFF' else counterpart in ('CASH', 'ADJUSTMENT') end); alter table concession drop constraint concession_kind_ck; alter table concession add constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF'));

--changeset concession:0005 splitStatements:false rollbackSplitStatements:false
--comment What is asked for of an invoice says of which lines from the beginning; a decision is held to the document, line by line; no credit note gives anything up without a concession.
create function check_concession_is_whole() returns trigger language plpgsql as $$
begin
    if (new.kind in ('CREDIT_NOTE', 'VOID')) <> exists (select from concession_line where concession_id = new.id) then
        raise exception 'concession % (%) does not say of which lines it is', new.id, new.kind using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_concession_lines() returns trigger language plpgsql as $$
begin
    if exists (select from added a
                 left join concession_document k on k.concession_id = a.concession_id and k.created_in = pg_current_xact_id()
                where k.concession_id is null) then
        raise exception 'a line comes too late: its concession is not of this transaction' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create or replace function check_concession_decision() returns trigger language plpgsql as $$
declare
    asked record;
begin
    select c.*, e.id as entry, n.id as document into asked
      from concession c
      left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'concession:' || c.id and c.kind in ('CREDIT', 'WRITE_OFF')
      left join concession_document k on k.concession_id = c.id
      left join invoice n on n.id = new.document_id and n.id = c.id and n.kind = 'CREDIT_NOTE' and n.corrects_id = k.invoice_id
                         and n.wallet_id = c.wallet_id and n.currency = c.currency and n.total = -c.amount
                         and c.kind = case when exists (select from invoice_void v where v.credit_note_id = n.id) then 'VOID' else 'CREDIT_NOTE' end
                         and not exists (
                           select from (select position, amount from concession_line where concession_id = c.id) l
                             full join (select corrects_position, amount from invoice_line where invoice_id = n.id) x
                               on x.corrects_position = l.position
                            where l.amount is distinct from -x.amount)
     where c.id = new.concession_id;
    if new.outcome = 'DONE' and new.document_id is not null and asked.document is null then
        raise exception 'concession % is not what document % credits', new.concession_id, new.document_id
            using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and new.document_id is null and asked.entry is null then
        raise exception 'concession % is not what entry % moved', new.concession_id, new.entry_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is null and new.outcome <> 'DONE' then
        raise exception 'concession % waits for nobody', new.concession_id using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'WITHDRAWN' and new.decided_by is distinct from asked.asked_by then
        raise exception 'concession % is taken back by who asked for it', new.concession_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is not null and new.outcome <> 'WITHDRAWN'
       and (new.decided_by is null or new.decided_by = asked.asked_by) then
        raise exception 'concession % is decided on by somebody else than who asked for it', new.concession_id
            using errcode = 'restrict_violation';
    end if;
    if new.decided_at >= asked.expires_at then
        raise exception 'concession % has expired', new.concession_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

-- A line that is charged anew in another way gives back tax that was not owed, and nothing that the reseller could keep.
create function check_credit_is_conceded() returns trigger language plpgsql as $$
begin
    if new.total < 0
       and exists (select from invoice_line l
                    where l.invoice_id = new.id and l.kind = 'CREDITED'
                      and not exists (select from invoice_line r
                                       where r.invoice_id = new.id and r.kind = 'RETAXED' and r.corrects_position = l.corrects_position))
       and not exists (select from concession_decision d where d.document_id = new.id) then
        raise exception 'document % gives back %, and nobody has asked for it', new.number_text, -new.total
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;

create constraint trigger concession_whole after insert on concession
    deferrable initially deferred for each row execute function check_concession_is_whole();
create trigger concession_line_complete after insert on concession_line
    referencing new table as added for each statement execute function check_concession_lines();
create constraint trigger invoice_is_conceded after insert on invoice
    deferrable initially deferred for each row when (new.kind = 'CREDIT_NOTE') execute function check_credit_is_conceded();
--rollback drop trigger invoice_is_conceded on invoice; drop trigger concession_line_complete on concession_line; drop trigger concession_whole on concession; drop function check_credit_is_conceded; drop function check_concession_lines; drop function check_concession_is_whole;
--rollback create or replace function check_concession_decision() returns trigger language plpgsql as $$
--rollback declare
--rollback     asked record;
--rollback begin
--rollback     select c.*, e.id as entry into asked
--rollback       from concession c
--rollback       left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'concession:' || c.id
--rollback      where c.id = new.concession_id;
--rollback     if new.outcome = 'DONE' and asked.entry is null then
--rollback         raise exception 'concession % is not what entry % moved', new.concession_id, new.entry_id
--rollback             using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if asked.expires_at is null and new.outcome <> 'DONE' then
--rollback         raise exception 'concession % waits for nobody', new.concession_id using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if new.outcome = 'WITHDRAWN' and new.decided_by is distinct from asked.asked_by then
--rollback         raise exception 'concession % is taken back by who asked for it', new.concession_id
--rollback             using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if asked.expires_at is not null and new.outcome <> 'WITHDRAWN'
--rollback        and (new.decided_by is null or new.decided_by = asked.asked_by) then
--rollback         raise exception 'concession % is decided on by somebody else than who asked for it', new.concession_id
--rollback             using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if new.decided_at >= asked.expires_at then
--rollback         raise exception 'concession % has expired', new.concession_id using errcode = 'restrict_violation';
--rollback     end if;
--rollback     return new;
--rollback end $$;
