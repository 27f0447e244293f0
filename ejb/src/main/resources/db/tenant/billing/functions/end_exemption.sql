--liquibase formatted sql

--changeset tax:end_exemption runOnChange:true splitStatements:false
-- An organization's exemption from tax has ended, and what follows bears tax: it is not looked for any longer.
--
-- Arguments: which_organization: the organization; its wallets are locked by the caller
-- Called by: function charge_due
create or replace function end_exemption(which_organization uuid) returns void
language sql
as $$
    delete from exemption_expiry e where e.organization_id = which_organization
$$;
