--liquibase formatted sql

--changeset settlement:0009
--comment Who the platform is by law, what resellers are to its taxes, and settlements as invoices. All rows are the platform's; a reseller reads what its own invoices say.
create table platform_seller (
    id bigint generated always as identity,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    vat_number text not null,
    tax_number text not null,
    register text not null,
    email text not null,
    phone text not null,
    bank text not null,
    iban text not null,
    bic text not null,
    note text not null,
    collects text not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint platform_seller_pk primary key (id),
    constraint platform_seller_collects_ck check (collects in ('NONE', 'HOME', 'SMALL'))
);
comment on table platform_seller is 'append-only: who the platform is from that moment on, as its invoices to resellers say it, and whether it collects tax: none, in its own country, or none there as a small business; the last row holds';

create table reseller_tax_status (
    id bigint generated always as identity,
    account_id uuid not null,
    status text not null,
    vat_number text not null,
    evidence text not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint reseller_tax_status_pk primary key (id),
    constraint reseller_tax_status_account_fk foreign key (account_id) references reseller_account (id),
    constraint reseller_tax_status_ck check (status in ('CONSUMER', 'BUSINESS', 'EXEMPT')),
    constraint reseller_tax_status_number_ck check ((status = 'BUSINESS') = (vat_number <> '')),
    constraint reseller_tax_status_evidence_ck check (status = 'CONSUMER' or evidence <> '')
);
create index reseller_tax_status_account_ix on reseller_tax_status (account_id, id);
comment on table reseller_tax_status is 'append-only: what a reseller is to the platform''s taxes as operators found it: a business of which that number was checked, or exempt; the last row holds, and of a business as long as it states that number';

alter table settlement add column tax_percent numeric(9, 6) not null default 0;
alter table settlement add constraint settlement_tax_ck check (tax_percent between 0 and 100);
alter table settlement add column tax numeric(20, 8) not null
    generated always as (round((round(wholesale, decimals) + round(fees, decimals)) * tax_percent / 100, decimals)) stored;
alter table settlement add column payable numeric(20, 8) not null
    generated always as (round(wholesale, decimals) + round(fees, decimals)
                         + round((round(wholesale, decimals) + round(fees, decimals)) * tax_percent / 100, decimals)) stored;
comment on table settlement is 'a month''s settlement as it was issued; only its state moves on. wholesale and fees: exact sums of its lines, each rounded HALF_UP once for total; tax: of total, rounded HALF_UP once; payable: both; margin: revenue less total, to the smallest coin; a reseller reads its own';

create table settlement_invoice (
    settlement_id uuid not null,
    account_id uuid not null,
    seller_id bigint not null,
    treatment text not null,
    place text not null,
    buyer_name text not null,
    buyer_street text not null,
    buyer_postcode text not null,
    buyer_city text not null,
    buyer_country char(2) not null,
    buyer_vat_number text not null,
    buyer_email text not null,
    constraint settlement_invoice_pk primary key (settlement_id),
    constraint settlement_invoice_of_fk foreign key (settlement_id) references settlement (id),
    constraint settlement_invoice_seller_fk foreign key (seller_id) references platform_seller (id),
    constraint settlement_invoice_treatment_ck
        check (treatment in ('TAXED', 'REVERSE_CHARGE', 'OUTSIDE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED'))
);
comment on table settlement_invoice is 'append-only: from whom to whom a settlement is an invoice, and how it is taxed; one that was issued before the platform said who it is has none and is a statement without tax; a reseller reads its own';

create table settlement_file (
    settlement_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    made_at timestamptz not null,
    constraint settlement_file_pk primary key (settlement_id, format, language),
    constraint settlement_file_of_fk foreign key (settlement_id) references settlement (id)
);
comment on table settlement_file is 'append-only: a settlement''s invoice as a file, made when somebody first asked for it; belongs to the platform';

alter table ledger_account drop constraint ledger_account_kind_ck;
alter table ledger_account add constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ROUNDING', 'TAX'));
--rollback alter table ledger_account drop constraint ledger_account_kind_ck; alter table ledger_account add constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ROUNDING')); drop table settlement_file; drop table settlement_invoice; alter table settlement drop column payable; alter table settlement drop column tax; alter table settlement drop column tax_percent; drop table reseller_tax_status; drop table platform_seller;

--changeset settlement:0010 splitStatements:false
--comment What an invoice says is refused every change, is of the transaction that issues, and no tax is asked without one.
create or replace function guard_settlement() returns trigger language plpgsql as $$
declare
    moving constant text[] := array['state', 'paid_at', 'total', 'rounding', 'margin', 'tax', 'payable'];
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) = ('OPEN', 'PAID') and to_jsonb(new) - moving = to_jsonb(old) - moving then
            return new;
        end if;
    end if;
    raise exception 'settlement % is final', old.number_text using errcode = 'restrict_violation';
end $$;

create function check_settlement_invoice() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement s
                    where s.id = new.settlement_id and s.account_id = new.account_id and s.created_in = pg_current_xact_id()
                      and (s.tax_percent = 0 or new.treatment = 'TAXED')) then
        raise exception 'invoice of % refused: its settlement is not of this transaction, or taxed otherwise', new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;

create function check_settlement_taxed() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement_invoice i where i.settlement_id = new.id) then
        raise exception 'settlement % asks tax and is no invoice', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create trigger settlement_invoice_complete before insert on settlement_invoice
    for each row execute function check_settlement_invoice();
create trigger settlement_invoice_immutable before update or delete or truncate on settlement_invoice
    for each statement execute function refuse_settled_change();
create constraint trigger settlement_taxed after insert on settlement
    deferrable initially deferred for each row when (new.tax_percent > 0) execute function check_settlement_taxed();
create trigger platform_seller_immutable before update or delete or truncate on platform_seller
    for each statement execute function refuse_settled_change();
create trigger reseller_tax_status_immutable before update or delete or truncate on reseller_tax_status
    for each statement execute function refuse_settled_change();
create trigger settlement_file_immutable before update or delete or truncate on settlement_file
    for each statement execute function refuse_settled_change();
--rollback drop trigger settlement_file_immutable on settlement_file; drop trigger reseller_tax_status_immutable on reseller_tax_status; drop trigger platform_seller_immutable on platform_seller; drop trigger settlement_taxed on settlement; drop trigger settlement_invoice_immutable on settlement_invoice; drop trigger settlement_invoice_complete on settlement_invoice; drop function check_settlement_taxed; drop function check_settlement_invoice;

--changeset settlement:0011
--comment A reseller reads what its own invoices say, of the seller no more than is on them.
grant select (tax_percent, tax, payable) on settlement to tenantry_tenant;

alter table settlement_invoice enable row level security;
create policy settlement_invoice_own on settlement_invoice for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy settlement_invoice_platform on settlement_invoice to tenantry_platform using (true);
create policy settlement_invoice_auditor on settlement_invoice for select to tenantry_auditor using (true);
grant select on settlement_invoice to tenantry_tenant;

alter table platform_seller enable row level security;
create policy platform_seller_own on platform_seller for select to tenantry_tenant
    using (exists (select from settlement_invoice i where i.seller_id = platform_seller.id));
create policy platform_seller_platform on platform_seller to tenantry_platform using (true);
create policy platform_seller_auditor on platform_seller for select to tenantry_auditor using (true);
grant select (id, name, street, postcode, city, country, vat_number, tax_number, register, email, phone, bank, iban, bic, note)
   on platform_seller to tenantry_tenant;
--rollback select 1;
