--liquibase formatted sql

--changeset settlement:guard_reseller_account runOnChange:true splitStatements:false
-- An account keeps its identity; only its limit, balance and role change, and nothing after it is closed.
--
-- Errors: restrict_violation: account of % keeps what it is
-- Trigger: reseller_account_guarded on reseller_ledger_account
create or replace function guard_reseller_account() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.closed_at is null
           and to_jsonb(new) - array['credit_limit', 'balance', 'version', 'closed_at', 'tenant_role']
               = to_jsonb(old) - array['credit_limit', 'balance', 'version', 'closed_at', 'tenant_role'] then
            return new;
        end if;
    end if;
    raise exception 'account of % keeps what it is', old.tenant using errcode = 'restrict_violation';
end $$;
