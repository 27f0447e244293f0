--liquibase formatted sql

--changeset invoicing:baseline splitStatements:false

-- Documents: numbered without gaps, computed from lines, never changed.
create table invoice_policy (
    one boolean not null default true,
    window_hours integer not null default 72,
    first_at timestamptz,
    mailed boolean not null default true,
    settlement_mails_from timestamptz not null default '-infinity',
    constraint invoice_policy_pk primary key (one),
    constraint invoice_policy_one_ck check (one),
    constraint invoice_policy_window_ck check (window_hours between 0 and 480)
);
comment on table invoice_policy is 'the reseller''s rules for documents: those of a month are issued window_hours after its end, so that late events are still included; first_at: the beginning of the first month with documents, null for the month in which the tenant started. Tenants that existed before documents start with the month in which these were introduced, unless set otherwise';
comment on column invoice_policy.mailed is 'whether documents are emailed when they are issued';
comment on column invoice_policy.settlement_mails_from is 'earlier settlements of the platform are not emailed: tenants that existed before settlements were emailed start when this was introduced';
insert into invoice_policy default values;

create table invoice_number_template (
    kind text not null,
    pattern text not null,
    constraint invoice_number_template_pk primary key (kind),
    constraint invoice_number_template_uq unique (pattern),
    constraint invoice_number_template_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA'))
);
comment on table invoice_number_template is 'number format of documents in series that are opened from now on';
insert into invoice_number_template (kind, pattern)
values ('INVOICE', 'INV-{year}-{number:6}'),
       ('CREDIT_NOTE', 'CN-{year}-{number:6}'),
       ('DEBIT_NOTE', 'DN-{year}-{number:6}'),
       ('PROFORMA', 'PF-{year}-{number:6}');

create table invoice_number_sequence (
    id uuid not null,
    kind text not null,
    year integer not null,
    prefix text not null,
    digits integer not null,
    suffix text not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint invoice_number_sequence_pk primary key (id),
    constraint invoice_number_sequence_once_uq unique (kind, year),
    constraint invoice_number_sequence_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA')),
    constraint invoice_number_sequence_digits_ck check (digits between 1 and 9),
    constraint invoice_number_sequence_next_ck check (next_number > 0)
);
comment on table invoice_number_sequence is 'the numbers of a kind of document in a year; next_number is taken under the row''s lock in the transaction that issues, never from a sequence, so that there are no gaps';
create trigger invoice_series_guarded before update or delete on invoice_number_sequence
    for each row execute function guard_invoice_series();
create trigger invoice_series_not_deleted before truncate on invoice_number_sequence
    for each statement execute function refuse_history_change();
create constraint trigger invoice_series_without_gap after update on invoice_number_sequence
    deferrable initially deferred for each row execute function check_series_without_gap();

create table invoice_item (
    id bigint generated always as identity,
    entry_id bigint not null,
    wallet_id uuid not null,
    kind text not null,
    service_id uuid,
    reason text not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    effective_at timestamptz not null,
    collected_at timestamptz not null,
    tax_id bigint,
    tax_rate numeric(9, 6) not null default 0,
    tax_included boolean not null default false,
    tax numeric(20, 8) not null default 0,
    constraint invoice_item_pk primary key (id),
    constraint invoice_item_entry_uq unique (entry_id, wallet_id),
    constraint invoice_item_amount_ck check (amount <> 0),
    constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'OUTAGE_CREDIT', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE', 'UNTAXED', 'TAX_CORRECTED'))
);
create index invoice_item_wallet_ix on invoice_item (wallet_id, effective_at);
comment on table invoice_item is 'append-only: amounts moved from a wallet to revenue, or back, that are not hours; for a line of a document; amount: positive is payable';
create trigger invoice_item_immutable before update or delete or truncate on invoice_item
    for each statement execute function refuse_history_change();

create table invoice_line (
    invoice_id uuid not null,
    position integer not null,
    kind text not null,
    subject_id uuid,
    name text not null,
    what text not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    quantity numeric(20, 8) not null,
    unit text not null,
    unit_price numeric(20, 8) not null,
    surcharge numeric(20, 8) not null,
    amount numeric(20, 8) not null,
    rated_period_id bigint,
    item_id bigint,
    tax_id bigint,
    tax_included boolean not null default false,
    tax numeric(20, 8) not null default 0,
    net numeric(20, 8) not null
        generated always as (case when tax_included then amount - tax else amount end) stored,
    corrects_position integer,
    constraint invoice_line_pk primary key (invoice_id, position),
    constraint invoice_line_period_uq unique (rated_period_id),
    constraint invoice_line_item_uq unique (item_id),
    constraint invoice_line_unit_ck check (unit in ('HOUR', 'ITEM')),
    constraint invoice_line_of_ck check ((rated_period_id is null) <> (item_id is null)),
    constraint invoice_line_amount_ck check (amount <> 0),
    constraint invoice_line_span_ck check (to_at >= from_at),
    constraint invoice_line_kind_ck check (kind in ('SERVICE', 'ADDON', 'TRANSFER', 'PACK', 'OUTAGE_CREDIT', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE', 'UNTAXED', 'TAX_CORRECTED')),
    constraint invoice_line_corrects_ck check (
        kind = 'TAX_CORRECTED' or (kind in ('CREDITED', 'DEBITED')) = (corrects_position is not null))
);
comment on table invoice_line is 'append-only: the lines of a document; a rated period or an item is on one line only; amount is less than quantity times unit_price and surcharge where the monthly cap applies; a set-wise check ensures that lines come with their document, because a batch writes thousands at once';
comment on column invoice_line.tax is 'tax paid by the wallet, within the amount or on top of it';
comment on column invoice_line.corrects_position is 'for a document that corrects another: the corrected line';
create trigger invoice_line_complete after insert on invoice_line
    referencing new table as added for each statement execute function check_invoice_lines();
create trigger invoice_line_immutable before update or delete or truncate on invoice_line
    for each statement execute function refuse_history_change();

-- Seller and buyer as of a document's issue: a correction is a new row, which later documents refer to.
create table invoice_seller (
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
    phone text not null default '',
    bank text not null,
    iban text not null,
    bic text not null,
    note text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint invoice_seller_pk primary key (id),
    constraint invoice_seller_name_ck check (length(trim(name)) > 0),
    constraint invoice_seller_street_ck check (length(trim(street)) > 0),
    constraint invoice_seller_city_ck check (length(trim(city)) > 0),
    constraint invoice_seller_country_ck check (country ~ '^[A-Z]{2}$')
);
comment on table invoice_seller is 'append-only: the reseller''s legal identity; the latest row is used for new documents; empty text: it has none';
create trigger invoice_seller_immutable before update or delete or truncate on invoice_seller
    for each statement execute function refuse_history_change();

create table invoice_buyer (
    id bigint generated always as identity,
    organization_id uuid not null,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    vat_number text not null,
    email text not null,
    reference text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    region text not null default '',
    constraint invoice_buyer_pk primary key (id),
    constraint invoice_buyer_organization_fk foreign key (organization_id) references organization (id),
    constraint invoice_buyer_name_ck check (length(trim(name)) > 0),
    constraint invoice_buyer_country_ck check (country ~ '^[A-Z]{2}$'),
    constraint invoice_buyer_region_ck check (region ~ '^[A-Z0-9]{0,3}$')
);
create index invoice_buyer_organization_ix on invoice_buyer (organization_id, id);
comment on table invoice_buyer is 'append-only: the addressee of an organization''s documents; its latest row is used for new documents; reference: the organization''s own reference, shown on them';
comment on column invoice_buyer.region is 'ISO 3166-2 code without its country, such as CA or QC; empty if not stated';
create trigger invoice_buyer_immutable before update or delete or truncate on invoice_buyer
    for each statement execute function refuse_history_change();

create table invoice (
    id uuid not null,
    kind text not null,
    series_id uuid not null,
    number bigint not null,
    number_text text not null,
    state text not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    currency char(3) not null,
    decimals integer not null,
    period_from timestamptz not null,
    period_to timestamptz not null,
    buyer_name text not null,
    buyer_email text not null,
    buyer_country char(2) not null,
    net_before numeric(20, 8) not null default 0,
    net numeric(20, 8) not null,
    tax numeric(20, 8) not null default 0,
    net_rounded numeric(20, 8) not null
        generated always as (round(net_before + net, decimals) - round(net_before, decimals)) stored,
    rounding numeric(20, 8) not null
        generated always as (round(net_before + net, decimals) - round(net_before, decimals) - net) stored,
    total numeric(20, 8) not null
        generated always as (round(net_before + net, decimals) - round(net_before, decimals) + tax) stored,
    through_period bigint not null,
    issued_at timestamptz not null,
    issued_by text not null,
    prepaid numeric(20, 8) not null default 0,
    open_amount numeric(20, 8) not null default 0,
    paid_at timestamptz,
    voided_at timestamptz,
    void_reason text,
    created_in xid8 not null default pg_current_xact_id(),
    seller_id bigint,
    buyer_id bigint,
    corrects_id uuid,
    reason text not null default '',
    template_version integer,
    due_on date,
    constraint invoice_pk primary key (id),
    constraint invoice_number_sequence_fk foreign key (series_id) references invoice_number_sequence (id),
    constraint invoice_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint invoice_seller_fk foreign key (seller_id) references invoice_seller (id),
    constraint invoice_buyer_fk foreign key (buyer_id) references invoice_buyer (id),
    constraint invoice_corrects_fk foreign key (corrects_id) references invoice (id),
    constraint invoice_number_uq unique (series_id, number),
    constraint invoice_number_text_uq unique (number_text),
    constraint invoice_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA')),
    constraint invoice_state_ck check (state in ('FINAL', 'PAID', 'VOID')),
    constraint invoice_number_ck check (number > 0),
    constraint invoice_decimals_ck check (decimals between 0 and 4),
    constraint invoice_period_ck check (period_to > period_from),
    constraint invoice_paid_ck check (state = 'VOID' or (state = 'PAID') = (paid_at is not null)),
    constraint invoice_prepaid_ck check (prepaid between 0 and greatest(total, 0)),
    constraint invoice_open_ck check (open_amount between 0 and greatest(total, 0) and (state = 'FINAL') = (open_amount > 0)),
    constraint invoice_void_ck check (
        (state = 'VOID') = (voided_at is not null) and (voided_at is null) = (void_reason is null)
        and length(trim(coalesce(void_reason, 'x'))) > 0),
    constraint invoice_before_ck check (net_before = 0 or corrects_id is not null),
    constraint invoice_not_empty_ck check (corrects_id is null or net_rounded <> 0 or tax <> 0),
    constraint invoice_corrects_ck check (
        (kind in ('CREDIT_NOTE', 'DEBIT_NOTE')) = (corrects_id is not null) and (corrects_id is null or length(trim(reason)) > 0)),
    constraint invoice_due_ck check (
        due_on is null
        or kind in ('INVOICE', 'DEBIT_NOTE')
           and due_on between (issued_at at time zone 'UTC')::date - 1 and (issued_at at time zone 'UTC')::date + 121),
    constraint invoice_open_due_ck check (
        due_on is not null or prepaid = total or kind not in ('INVOICE', 'DEBIT_NOTE'))
);
create unique index invoice_month_uq on invoice (wallet_id, period_to) where kind = 'INVOICE';
create index invoice_wallet_ix on invoice (wallet_id, issued_at) where kind <> 'CREDIT_NOTE';
create index invoice_organization_ix on invoice (organization_id, issued_at);
create index invoice_open_ix on invoice (wallet_id) where state = 'FINAL';
create index invoice_issued_ix on invoice (issued_at, id);
create index invoice_corrects_ix on invoice (corrects_id) where corrects_id is not null;
comment on table invoice is 'a document as it was issued; only its state and its open amount change. net: the exact sum of its lines; net_rounded: HALF_UP to the currency''s decimals, as the document states it; total: that with tax; rounding: what that added. An invoice and its corrections are rounded together: each correction states by how much it changes their rounded sum, so that the corrections never exceed the invoice; through_period: the highest rated period of its wallet at that time';
comment on column invoice.net_before is 'for a correction: the exact net of the invoice and its earlier corrections; otherwise zero';
comment on column invoice.corrects_id is 'the corrected invoice; each line states which of its lines it corrects';
comment on column invoice.prepaid is 'the part of the total that the balance paid when it was issued; the document states it and the rest as due; 0 for a credit note';
comment on column invoice.open_amount is 'what is still to be paid now; later payments and credit notes reduce it, returned payments increase it, at most to the total';
comment on column invoice.due_on is 'the last day of timely payment, in the reseller''s zone; null: its balance paid all of it when it was issued, or it is a credit note';
create trigger invoice_guarded before update or delete on invoice
    for each row execute function guard_invoice();
create trigger invoice_not_deleted before truncate on invoice
    for each statement execute function refuse_history_change();
create constraint trigger invoice_adds_up after insert on invoice
    deferrable initially deferred for each row execute function check_invoice_adds_up();
create constraint trigger invoice_corrects after insert on invoice
    deferrable initially deferred for each row when (new.corrects_id is not null) execute function check_invoice_corrects();
create constraint trigger invoice_void_checked after update on invoice
    deferrable initially deferred for each row when (new.state = 'VOID') execute function check_invoice_void();
create constraint trigger invoice_void_final after insert on invoice
    deferrable initially deferred for each row when (new.corrects_id is not null) execute function check_void_is_final();

create table invoice_tax (
    invoice_id uuid not null,
    tax_id bigint not null,
    base_before numeric(20, 8) not null default 0,
    base numeric(20, 8) not null,
    charged numeric(20, 8) not null,
    tax numeric(20, 8) not null,
    constraint invoice_tax_pk primary key (invoice_id, tax_id),
    constraint invoice_tax_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_tax_applied_tax_fk foreign key (tax_id) references applied_tax (id)
);
comment on table invoice_tax is 'append-only: a document''s tax by the tax treatment of its lines; base: their total without tax; charged: tax paid by the wallet hour by hour; tax: base times rate, rounded once; of a correction, by how much it changes the rounded tax of its invoice and its earlier corrections, whose base is base_before';
create trigger invoice_tax_immutable before update or delete or truncate on invoice_tax
    for each statement execute function refuse_history_change();
create trigger invoice_tax_complete after insert on invoice_tax
    referencing new table as added for each statement execute function check_invoice_taxes();

-- Void invoices and the credit notes that voided them.
create table invoice_void (
    invoice_id uuid not null,
    credit_note_id uuid not null,
    reason text not null,
    voided_at timestamptz not null,
    voided_by text not null,
    constraint invoice_void_pk primary key (invoice_id),
    constraint invoice_void_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_void_note_fk foreign key (credit_note_id) references invoice (id) deferrable initially deferred,
    constraint invoice_void_note_uq unique (credit_note_id),
    constraint invoice_void_reason_ck check (length(trim(reason)) > 0)
);
comment on table invoice_void is 'append-only: an invoice issued by mistake, and the credit note of its whole remainder; the invoice itself stays unchanged';
create trigger invoice_void_immutable before update or delete or truncate on invoice_void
    for each statement execute function refuse_history_change();
create constraint trigger invoice_void_whole after insert on invoice_void
    deferrable initially deferred for each row execute function check_void_is_whole();

-- The rate at which a document in another currency is converted to the currency of the books.
create table invoice_exchange_rate (
    invoice_id uuid not null,
    home char(3) not null,
    decimals integer not null,
    per_base_currency numeric(20, 10) not null,
    day date not null,
    source text not null,
    constraint invoice_exchange_rate_pk primary key (invoice_id),
    constraint invoice_exchange_rate_invoice_fk foreign key (invoice_id) references invoice (id) deferrable initially deferred,
    constraint invoice_exchange_rate_ck check (per_base_currency > 0 and decimals between 0 and 4 and length(source) > 0)
);
comment on table invoice_exchange_rate is 'append-only: value of one unit of the books'' currency in a document''s currency, with its source and day; a correction has the rate of the corrected document';
create trigger invoice_exchange_rate_immutable before update or delete or truncate on invoice_exchange_rate
    for each statement execute function refuse_history_change();

create table tax_correction_policy (
    one boolean not null default true,
    automatic boolean not null default false,
    constraint tax_correction_policy_pk primary key (one),
    constraint tax_correction_policy_one_ck check (one)
);
comment on table tax_correction_policy is 'automatic: whether charges taxed before VIES confirmed a number are corrected without a request by staff';
insert into tax_correction_policy default values;

create table tax_corrected_charge (
    id bigint generated always as identity,
    rated_period_id bigint,
    entry_id bigint,
    untaxed_item_id bigint not null,
    corrected_item_id bigint not null,
    corrected_at timestamptz not null,
    constraint tax_corrected_charge_pk primary key (id),
    constraint tax_corrected_charge_period_fk foreign key (rated_period_id) references rated_period (id),
    constraint tax_corrected_charge_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint tax_corrected_charge_untaxed_fk foreign key (untaxed_item_id) references invoice_item (id),
    constraint tax_corrected_charge_corrected_fk foreign key (corrected_item_id) references invoice_item (id),
    constraint tax_corrected_charge_period_uq unique (rated_period_id),
    constraint tax_corrected_charge_entry_uq unique (entry_id),
    constraint tax_corrected_charge_untaxed_uq unique (untaxed_item_id),
    constraint tax_corrected_charge_corrected_uq unique (corrected_item_id),
    constraint tax_corrected_charge_of_ck check ((rated_period_id is null) <> (entry_id is null))
);
comment on table tax_corrected_charge is 'append-only: hours, or other charges, that were taxed and on no document yet when their customer''s number was confirmed: refunded by one item with their tax, and charged again by the other without';
create trigger tax_corrected_charge_immutable before update or delete or truncate on tax_corrected_charge
    for each statement execute function refuse_history_change();

-- A foreign key of a table that is created earlier.
alter table vat_check add constraint vat_check_buyer_fk foreign key (buyer_id) references invoice_buyer (id);

-- What other packages may read.
create view invoice_buyer_v with (security_invoker) as
select id, organization_id, country, region, vat_number, recorded_at
  from invoice_buyer;
comment on view invoice_buyer_v is 'where buyers are, and by which number they are taxed';
create view invoice_seller_v with (security_invoker) as
select id, country, vat_number
  from invoice_seller;
comment on view invoice_seller_v is 'where the reseller is, and by which number it is taxed';
create view invoice_label_v with (security_invoker) as
select id, number_text
  from invoice;
comment on view invoice_label_v is 'what a document is called';
create view credit_note_v with (security_invoker) as
select n.id, n.wallet_id, n.corrects_id, n.currency, n.total,
       exists (select from invoice_void v where v.credit_note_id = n.id) as is_void
  from invoice n
 where n.kind = 'CREDIT_NOTE';
comment on view credit_note_v is 'what a credit note gives back of which document, and whether it makes that void';
create view corrected_line_v with (security_invoker) as
select invoice_id, kind, corrects_position, amount
  from invoice_line;
comment on view corrected_line_v is 'lines of a document, and which line of the document that it corrects each is about';
