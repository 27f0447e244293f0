--liquibase formatted sql

--changeset settlement:0015 splitStatements:false
--comment A settlement becomes open again when a payment is taken back; nothing else of it moves.
create or replace function guard_settlement() returns trigger language plpgsql as $$
declare
    moving constant text[] := array['state', 'paid_at', 'total', 'rounding', 'margin', 'tax', 'payable'];
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) in (('OPEN', 'PAID'), ('PAID', 'OPEN')) and to_jsonb(new) - moving = to_jsonb(old) - moving then
            return new;
        end if;
    end if;
    raise exception 'settlement % is final', old.number_text using errcode = 'restrict_violation';
end $$;
comment on table settlement is 'a month''s settlement as it was issued; only its state moves, and back if a payment is taken back. wholesale and fees: exact sums of its lines, each rounded HALF_UP once for total; tax: of total, rounded HALF_UP once; payable: both; margin: revenue less total, to the smallest coin; a reseller reads its own';
--rollback select 1;

--changeset settlement:0016
--comment A reseller sees which of its payments were taken back.
grant select (reverses) on journal_entry to tenantry_tenant;
--rollback revoke select (reverses) on journal_entry from tenantry_tenant;
