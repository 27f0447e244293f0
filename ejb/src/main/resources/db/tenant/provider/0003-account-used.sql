--liquibase formatted sql

--changeset provider:0003 runOnChange:true splitStatements:false
--comment Whether anything refers to an account by a foreign key that does not go with it: then it cannot be removed. Who refers to accounts may come later and need not be known here.
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
--rollback drop function provider_account_used;
