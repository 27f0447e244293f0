--liquibase formatted sql

--changeset provider:provider_account_used runOnChange:true splitStatements:false
-- Whether a row refers to a provider account by a foreign key without cascade, so that it cannot be removed. Tables are found in the system catalog:
-- packages that refer to accounts need not be known here.
--
-- Arguments: account: id of provider_account
-- Returns: true if anything refers to it
-- Called by: provider.account.ProviderAccountList, provider.account.ProviderAccounts
create or replace function provider_account_used(account uuid) returns boolean
language plpgsql stable
as $$
declare
    reference record;
    found_one boolean;
begin
    for reference in
        select c.conrelid::regclass as place, a.attname as part
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'f'
           and c.confrelid = 'provider_account'::regclass
           and c.confdeltype <> 'c'
    loop
        execute format('select exists (select from %s where %I = $1)', reference.place, reference.part)
           into found_one using account;
        if found_one then
            return true;
        end if;
    end loop;
    return false;
end $$;
