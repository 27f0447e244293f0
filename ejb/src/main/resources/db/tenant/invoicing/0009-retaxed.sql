--liquibase formatted sql

--changeset invoicing:0013
--comment What was taxed while a VAT number was not confirmed yet is taken back with its tax and charged anew without it.
alter table invoice_item drop constraint invoice_item_kind_ck;
alter table invoice_item add constraint invoice_item_kind_ck
    check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE', 'UNTAXED', 'RETAXED'));
alter table invoice_line drop constraint invoice_line_kind_ck;
alter table invoice_line add constraint invoice_line_kind_ck
    check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE', 'UNTAXED', 'RETAXED'));
alter table invoice_line drop constraint invoice_line_corrects_ck;
alter table invoice_line add constraint invoice_line_corrects_ck check (
    kind = 'RETAXED' or (kind in ('CREDITED', 'DEBITED')) = (corrects_position is not null));

create table tax_correction_policy (
    one boolean not null default true,
    by_itself boolean not null default false,
    constraint tax_correction_policy_pk primary key (one),
    constraint tax_correction_policy_one_ck check (one)
);
insert into tax_correction_policy default values;
comment on table tax_correction_policy is 'by_itself: whether what was taxed before VIES confirmed a number is corrected without staff asking for it';

create table retaxed_charge (
    id bigint generated always as identity,
    rated_period_id bigint,
    entry_id bigint,
    untaxed_item_id bigint not null,
    retaxed_item_id bigint not null,
    corrected_at timestamptz not null,
    constraint retaxed_charge_pk primary key (id),
    constraint retaxed_charge_period_uq unique (rated_period_id),
    constraint retaxed_charge_entry_uq unique (entry_id),
    constraint retaxed_charge_untaxed_uq unique (untaxed_item_id),
    constraint retaxed_charge_retaxed_uq unique (retaxed_item_id),
    constraint retaxed_charge_period_fk foreign key (rated_period_id) references rated_period (id),
    constraint retaxed_charge_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint retaxed_charge_untaxed_fk foreign key (untaxed_item_id) references invoice_item (id),
    constraint retaxed_charge_retaxed_fk foreign key (retaxed_item_id) references invoice_item (id),
    constraint retaxed_charge_of_ck check ((rated_period_id is null) <> (entry_id is null))
);
comment on table retaxed_charge is 'append-only: hours, or what is no hour, that were taxed and on no document yet when their customer''s number was confirmed: taken back by the one item with their tax, and charged anew by the other without';

create trigger retaxed_charge_immutable before update or delete or truncate on retaxed_charge
    for each statement execute function refuse_history_change();
--rollback drop table retaxed_charge; drop table tax_correction_policy; alter table invoice_line drop constraint invoice_line_corrects_ck; alter table invoice_line add constraint invoice_line_corrects_ck check ((kind in ('CREDITED', 'DEBITED')) = (corrects_position is not null)); alter table invoice_line drop constraint invoice_line_kind_ck; alter table invoice_line add constraint invoice_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE')); alter table invoice_item drop constraint invoice_item_kind_ck; alter table invoice_item add constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'CREDITED', 'DEBITED', 'LATE_FEE'));

--changeset invoicing:0014 splitStatements:false
--comment A line is corrected in the way in which it is taxed by now; it is charged anew in another for what it was without tax.
create or replace function check_invoice_corrects() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice where id = new.corrects_id and kind = 'INVOICE' and wallet_id = new.wallet_id) then
        raise exception 'document % corrects none of its wallet', new.number_text using errcode = 'check_violation';
    end if;
    select l.position, l.corrects_position, o.amount, c.corrected into wrong
      from invoice_line l
      left join invoice_line o on o.invoice_id = new.corrects_id and o.position = l.corrects_position
     cross join lateral (
       -- what there is of the line in each way in which it is, or was, taxed
       select coalesce(sum(w.amount) filter (where w.tax_id is not distinct from l.tax_id), 0)
                - case when o.tax_id is not distinct from l.tax_id then o.amount else 0 end as corrected,
              coalesce(sum(w.amount) filter (where w.tax_id is not distinct from l.tax_id), 0) as remaining,
              count(*) filter (where w.amount <> 0) as ways,
              coalesce(bool_or(w.opened) filter (where w.tax_id is not distinct from l.tax_id), false) as opened
         from (select x.tax_id, sum(x.amount) as amount, bool_or(x.opens) as opened
                 from (select o.tax_id, o.amount, true as opens
                       union all
                       select e.tax_id, e.amount, e.kind = 'RETAXED'
                         from invoice v
                         join invoice_line e on e.invoice_id = v.id and e.corrects_position = l.corrects_position
                        where v.corrects_id = new.corrects_id) x
                group by x.tax_id) w) c
     where l.invoice_id = new.id
       and (o.position is null
            or l.kind <> 'DEBITED' and new.kind = 'DEBIT_NOTE'
            or l.kind not in ('CREDITED', 'RETAXED') and new.kind = 'CREDIT_NOTE'
            or l.kind = 'DEBITED' and (l.amount < 0 or o.amount < 0)
            or l.kind = 'CREDITED' and sign(l.amount) = sign(o.amount)
            or l.kind = 'RETAXED' and (l.tax <> 0 or l.tax_id is null or l.tax_id is not distinct from o.tax_id or l.net <> -(
                 select coalesce(sum(e.net), 0)
                   from invoice_line e
                  where e.invoice_id = new.id and e.kind = 'CREDITED' and e.corrects_position = l.corrects_position))
            or not c.opened
            or c.ways > 1
            or c.remaining * sign(o.amount) < 0
            or l.tax_id is not distinct from o.tax_id and o.tax_included <> l.tax_included)
     limit 1;
    if found then
        raise exception 'line % of % corrects line %, which is of %: % credited', wrong.position, new.number_text,
            wrong.corrects_position, coalesce(wrong.amount::text, 'nothing'), wrong.corrected using errcode = 'check_violation';
    end if;
    return null;
end $$;
--rollback select 1;

--changeset invoicing:0015 runOnChange:true splitStatements:false
--comment What an organization was taxed on only because its VAT number was not confirmed yet.

-- From the moment in which the number that it states now was stated, without another between, to that in which it became a business
-- thereby; of hours whose last began within, of what was taken within. The number is of the country where the organization was then,
-- which is not the reseller's, so that it would have owed the tax itself (TaxRule). Nothing if VIES said no before it said yes: then
-- the number was not valid. Of invoices what corrections left, of hours and things that are on none what they took; those of months
-- before the running one wait for their document. Proven: it was VIES that said yes. Documents of more than three years ago stay, as OSS takes no correction of them.
create or replace function taxed_in_doubt(which uuid, month_begins timestamptz, instant timestamptz)
returns table (source text, wallet_id uuid, invoice_id uuid, place integer, source_id bigint, subject_id uuid, amount numeric,
               tax numeric, net numeric, tax_id bigint, rate numeric, included boolean, country text, waits boolean, proven boolean)
language sql stable
as $$
    with stated as (
      select b.vat_number as number,
             case left(b.vat_number, 2) when 'EL' then 'GR' else left(b.vat_number, 2) end as country,
             coalesce((select max(o.id) from invoice_buyer o
                        where o.organization_id = which and o.vat_number <> b.vat_number), 0) as after
        from invoice_buyer b
       where b.organization_id = which
       order by b.id desc
       limit 1
    ),
    since as (
      select s.*, (select min(b.noted_at) from invoice_buyer b where b.organization_id = which and b.id > s.after) as at
        from stated s
       where s.number <> ''
         and (is_of_union(s.country) or s.country in ('GB', 'NO'))
         and s.country is distinct from (select x.country from invoice_seller x order by x.id desc limit 1)
    ),
    confirmed as (
      select s.*,
             (select min(t.from_at) from tax_status t
               where t.organization_id = which and t.status = 'BUSINESS' and t.from_at >= s.at) as until
        from since s
       where (select t.status from tax_status t where t.organization_id = which order by t.id desc limit 1) = 'BUSINESS'
    ),
    doubt as (
      select c.*,
             exists (select from vat_check k
                      where k.organization_id = which and k.number = c.number and k.buyer_id > c.after and k.country = c.country
                        and k.verdict = 'VALID' and k.asked_at <= c.until) as proven
        from confirmed c
       where not exists (select from vat_check k
                          where k.organization_id = which and k.number = c.number and k.buyer_id > c.after
                            and k.verdict = 'INVALID' and k.asked_at <= c.until)
    ),
    things as (
      select 'LINE' as source, v.wallet_id, v.id as invoice_id, l.position as place, null::bigint as source_id, l.subject_id,
             r.amount, tax_part(r.amount, t.rate, t.included) as tax, t.id as tax_id, t.rate, t.included,
             greatest(l.from_at, l.to_at - interval '1 hour') as at, false as waits
        from doubt c
        join invoice v on v.organization_id = which and v.kind = 'INVOICE' and v.state <> 'VOID' and v.issued_at >= c.at
             and v.period_to > instant - interval '3 years' and v.buyer_country = c.country
        join invoice_line l on l.invoice_id = v.id
        join tax_term t on t.id = l.tax_id and t.treatment = 'TAXED'
       cross join lateral (
         select l.amount + coalesce(sum(e.amount), 0) as amount
           from invoice n
           join invoice_line e on e.invoice_id = n.id and e.corrects_position = l.position and e.tax_id = l.tax_id
          where n.corrects_id = v.id) r
       where r.amount <> 0
         and l.kind not in ('UNTAXED', 'RETAXED')
         and not exists (select from retaxed_charge x where x.rated_period_id = l.rated_period_id)
         and not exists (select from retaxed_charge x
                           join invoice_item i on i.entry_id = x.entry_id
                          where i.id = l.item_id)
      union all
      select 'HOURS', w.id, null, null, p.id, p.service_id, p.amount, tax_part(p.amount, t.rate, t.included), t.id, t.rate, t.included,
             greatest(p.starts_at, p.charged_until - interval '1 hour'), p.month_ends_at <= month_begins
        from doubt c
        join wallet w on w.organization_id = which
        join rated_period p on p.wallet_id = w.id and not p.open and p.month_ends_at > c.at and p.amount <> 0
        join tax_term t on t.id = p.tax_id and t.treatment = 'TAXED'
       where p.month_ends_at > (select coalesce(y.first_at, '-infinity') from invoice_policy y)
         and not exists (select from invoice_line l where l.rated_period_id = p.id)
         and not exists (select from retaxed_charge x where x.rated_period_id = p.id)
      union all
      select 'THING', w.id, null, null, e.id, null, x.amount, x.tax, t.id, t.rate, t.included, e.effective_at,
             e.effective_at < month_begins
        from doubt c
        join journal_entry e on e.effective_at >= c.at and e.effective_at < c.until and e.kind <> 'CHARGE' and e.source <> 'manual'
             and e.source not like 'retax:%'
        join entry_tax x on x.entry_id = e.id and x.amount <> 0
        join tax_term t on t.id = x.tax_id and t.treatment = 'TAXED'
        join posting p on p.entry_id = e.id
        join wallet w on w.id = p.account_id and w.organization_id = which
       where e.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
         and not exists (select from invoice_item i
                           join invoice_line l on l.item_id = i.id
                          where i.entry_id = e.id and i.wallet_id = w.id)
         and not exists (select from retaxed_charge y where y.entry_id = e.id)
    )
    select h.source, h.wallet_id, h.invoice_id, coalesce(h.place, 0), coalesce(h.source_id, 0), h.subject_id, h.amount, h.tax,
           case when h.included then h.amount - h.tax else h.amount end, h.tax_id, h.rate, h.included, c.country, h.waits, c.proven
      from things h
      join doubt c on h.at < c.until
     cross join lateral (
       select b.id, b.country
         from invoice_buyer b
        where b.organization_id = which and b.noted_at <= h.at
        order by b.id desc
        limit 1) b
     where b.id > c.after and b.country = c.country and h.tax <> 0
$$;
--rollback drop function taxed_in_doubt;
