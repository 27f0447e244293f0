--liquibase formatted sql

--changeset concession:0006
--comment A credit limit above a threshold of its own is asked for too, and approved by somebody else. It moves no money and counts toward nothing.
alter table concession_limit add column subject text not null default 'CONCESSION';
alter table concession_limit add constraint concession_limit_subject_ck check (subject in ('CONCESSION', 'CREDIT_LIMIT'));
comment on table concession_limit is 'append-only: above how much in a day somebody else approves what is given up for a customer (CONCESSION), or above which credit limits of a customer (CREDIT_LIMIT); the latest row of each holds; amount null: nobody does';
alter table concession drop constraint concession_kind_ck;
alter table concession add constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF', 'CREDIT_NOTE', 'VOID', 'CREDIT_LIMIT'));
alter table concession drop constraint concession_counterpart_ck;
alter table concession add constraint concession_counterpart_ck check (
    case when kind = 'WRITE_OFF' then counterpart = 'WRITE_OFF'
         when kind = 'CREDIT' then counterpart in ('CASH', 'ADJUSTMENT')
         when kind = 'CREDIT_LIMIT' then counterpart = 'NONE'
         else counterpart = 'REVENUE' end);
alter table concession drop constraint concession_ground_ck;
alter table concession add constraint concession_ground_ck check (
    ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER', 'CORRECTION', 'ALLOWANCE')
    and (ground = 'CORRECTION') = (kind in ('CREDIT_NOTE', 'VOID'))
    and (ground = 'ALLOWANCE') = (kind = 'CREDIT_LIMIT'));
comment on table concession is 'append-only: money put into a wallet by hand, a debt written off, lines of an invoice credited, an invoice made void, or a credit limit set, as somebody asked for it; amount: what the wallet gets, with the tax, or the credit limit; expires_at: until when somebody else may approve it; null: it was done at once';
alter table concession_decision add column credit_limit numeric(20, 8);
alter table concession_decision drop constraint concession_decision_done_ck;
alter table concession_decision add constraint concession_decision_done_ck check (
    num_nonnulls(entry_id, document_id, credit_limit) = case when outcome = 'DONE' then 1 else 0 end);
comment on table concession_decision is 'append-only: what became of a concession, once; entry_id: by which entry its money moved; document_id: by which credit note; credit_limit: the limit that was set';
--rollback alter table concession_decision drop constraint concession_decision_done_ck; alter table concession_decision drop column credit_limit; alter table concession_decision add constraint concession_decision_done_ck check ((outcome = 'DONE') = (num_nonnulls(entry_id, document_id) = 1) and (outcome = 'DONE' or num_nonnulls(entry_id, document_id) = 0)); alter table concession drop constraint concession_ground_ck; alter table concession add constraint concession_ground_ck check (ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER', 'CORRECTION') and (ground = 'CORRECTION') = (kind in ('CREDIT_NOTE', 'VOID'))); alter table concession drop constraint concession_counterpart_ck; alter table concession add constraint concession_counterpart_ck check (case when kind = 'WRITE_OFF' then counterpart = 'WRITE_OFF' when kind = 'CREDIT' then counterpart in ('CASH', 'ADJUSTMENT') else counterpart = 'REVENUE' end); alter table concession drop constraint concession_kind_ck; alter table concession add constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF', 'CREDIT_NOTE', 'VOID')); alter table concession_limit drop column subject;

--changeset concession:0007 splitStatements:false rollbackSplitStatements:false
--comment A decision on a credit limit is held to the limit that the wallet has.
create or replace function check_concession_decision() returns trigger language plpgsql as $$
declare
    asked record;
begin
    select c.*, e.id as entry, n.id as document, w.credit_limit as limit_now into asked
      from concession c
      left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'concession:' || c.id and c.kind in ('CREDIT', 'WRITE_OFF')
      left join wallet w on w.id = c.wallet_id
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
    if new.outcome = 'DONE' and (asked.kind = 'CREDIT_LIMIT') <> (new.credit_limit is not null) then
        raise exception 'concession % (%) sets no such credit limit', new.concession_id, asked.kind using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and asked.kind = 'CREDIT_LIMIT'
       and (new.credit_limit <> asked.amount or asked.limit_now <> asked.amount) then
        raise exception 'concession % is not the credit limit that was set', new.concession_id using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and new.document_id is not null and asked.document is null then
        raise exception 'concession % is not what document % credits', new.concession_id, new.document_id
            using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and new.document_id is null and new.credit_limit is null and asked.entry is null then
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
--rollback create or replace function check_concession_decision() returns trigger language plpgsql as $$
--rollback declare
--rollback     asked record;
--rollback begin
--rollback     select c.*, e.id as entry, n.id as document into asked
--rollback       from concession c
--rollback       left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'concession:' || c.id and c.kind in ('CREDIT', 'WRITE_OFF')
--rollback       left join concession_document k on k.concession_id = c.id
--rollback       left join invoice n on n.id = new.document_id and n.id = c.id and n.kind = 'CREDIT_NOTE' and n.corrects_id = k.invoice_id
--rollback                          and n.wallet_id = c.wallet_id and n.currency = c.currency and n.total = -c.amount
--rollback                          and c.kind = case when exists (select from invoice_void v where v.credit_note_id = n.id) then 'VOID' else 'CREDIT_NOTE' end
--rollback                          and not exists (
--rollback                            select from (select position, amount from concession_line where concession_id = c.id) l
--rollback                              full join (select corrects_position, amount from invoice_line where invoice_id = n.id) x
--rollback                                on x.corrects_position = l.position
--rollback                             where l.amount is distinct from -x.amount)
--rollback      where c.id = new.concession_id;
--rollback     if new.outcome = 'DONE' and new.document_id is not null and asked.document is null then
--rollback         raise exception 'concession % is not what document % credits', new.concession_id, new.document_id
--rollback             using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if new.outcome = 'DONE' and new.document_id is null and asked.entry is null then
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
